import { type Caller, label, lookup, refuse } from './context.ts'
import type { Security, Source } from './contract.ts'
import { readEnv } from './environment.ts'
import { type Scrub, scrubber } from './redact.ts'

/** A way to say who calls. */
export interface Scheme {
  readonly header: string
  readonly secrets: readonly Secret[]
  write(texts: readonly string[]): string
}

/** A value that `Headers` would print in its own error if it did not like it, so it is checked before. */
interface Secret extends Source {
  readonly pattern: RegExp
  readonly rule: string
}

/** Headers that prove who calls, and what takes the secrets in them out of a text. */
export interface Authorization {
  readonly headers: Readonly<Record<string, string>>
  readonly scrub: Scrub
}

/** HTTP Basic: user name and password, in UTF-8. */
export const basic = (user: Source, password: Source): Scheme => ({
  header: 'authorization',
  secrets: [
    { ...user, pattern: /^[^\p{Cc}\p{Cs}:]+$/u, rule: 'non-empty text without colons and control characters' },
    { ...password, pattern: /^[^\p{Cc}\p{Cs}]+$/u, rule: 'non-empty text without control characters' },
  ],
  write: (texts) => `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(texts.join(':'))))}`,
})

export const apiKey = (header: string, key: Source, prefix = ''): Scheme => ({
  header,
  secrets: [{ ...key, pattern: /^[!-~]+$/, rule: 'visible ASCII without blanks' }],
  write: ([text]) => prefix + text,
})

export const bearer = (token: Source): Scheme => apiKey('authorization', token, 'Bearer ')

/** What was made of options that are no functions. They do not change, and encoding them again only takes time. */
const known = new WeakMap<object, { readonly security: Security; readonly authorization: Authorization }>()

/** Credentials for one call. Options beat the environment; a function among them is asked anew each time. */
export function authorize(call: Caller, security: Security): Authorization | Promise<Authorization> {
  const before = known.get(call.options)
  if (before?.security === security) return before.authorization
  const schemes = choose(call, security)
  const values = secretsOf(schemes).map((secret) => lookup(call, secret))
  if (values.every((value) => typeof value !== 'function')) {
    const authorization = write(call, schemes, values)
    const fixed = secretsOf(schemes).every(
      // Whether another option stands beside it is looked at each time.
      ({ option, requires }) => !requires && typeof call.options[option] === 'string',
    )
    if (fixed) known.set(call.options, { security, authorization })
    return authorization
  }
  return Promise.all(values.map(async (value) => (typeof value === 'function' ? value() : value))).then(
    (supplied) => write(call, schemes, supplied),
    (cause) => refuse(call, 'a function that supplies credentials failed', { cause }),
  )
}

const secretsOf = (schemes: readonly Scheme[]): Secret[] => schemes.flatMap(({ secrets }) => secrets)

/** The alternative for which something is given: by options, or if there is nothing, by the environment. */
function choose(call: Caller, security: Security): readonly Scheme[] {
  const all = secretsOf(security.flat())
  const byOption = all.filter(({ option }) => call.options[option] !== undefined)
  const given = byOption.length > 0 ? byOption : all.filter(({ env }) => readEnv(env))
  const fitting = security.find((schemes) => given.every((secret) => secretsOf(schemes).includes(secret)))
  if (!fitting) refuse(call, `${given.map(label).join(' and ')} are given together: give one kind of credentials`)
  if (fitting.length > 0 && given.length === 0) {
    const ways = security.map((schemes) => secretsOf(schemes).map(label).join(' and '))
    refuse(call, `credentials are missing: give ${ways.join(', or ')}`)
  }
  return fitting
}

function write(call: Caller, schemes: readonly Scheme[], supplied: readonly unknown[]): Authorization {
  const headers: Record<string, string> = {}
  const secrets: string[] = []
  let next = 0
  for (const scheme of schemes) {
    const texts = scheme.secrets.map((secret) => check(call, secret, supplied[next++]))
    const header = scheme.write(texts)
    headers[scheme.header] = header
    secrets.push(...texts, header.replace(/^\w+ |=+$/g, ''))
  }
  // Most calls have nothing to take it out of.
  let made: Scrub | undefined
  const scrub: Scrub = (text, brokeOff) => {
    made ??= scrubber(secrets)
    return made(text, brokeOff)
  }
  return { headers, scrub }
}

function check(call: Caller, secret: Secret, value: unknown): string {
  const { pattern, rule, requires } = secret
  const { baseUrl, servers } = call.contract
  if (value === undefined) refuse(call, `${label(secret)} is missing`)
  if (typeof value !== 'string' || !pattern.test(value)) refuse(call, `${label(secret)} must be ${rule}`)
  if (requires && lookup(call, baseUrl) === undefined) {
    refuse(call, `${label(secret)} is good for one server only: name that as \`${requires}\`, ${servers.join(' or ')}`)
  }
  return value
}
