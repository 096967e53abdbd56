import { type Configuration, label, lookup, type Problems, refuse } from './configuration.ts'
import type { Option, Security, SecurityScheme } from './contract.ts'
import { readEnv } from './environment.ts'
import { type Scrub, scrubber } from './redact.ts'

/** What proves who calls, and what takes the secrets in it out of a text. */
export interface Authorization {
  /** The value of the header; absent where nobody is asked. */
  readonly header?: string
  readonly scrub: Scrub
}

/** Credentials for one call of an operation; a function among them is asked anew each time. */
export type Authorize = (
  operation: string,
  security: Security,
  problems: Problems,
) => Authorization | (() => Promise<Authorization>)

/** A value that `Headers` would print in its own error if it did not like it, so it is checked before. */
interface Secret extends Option {
  readonly pattern: RegExp
  readonly rule: string
}

const nobody: Authorization = { scrub: (text) => text }

/** Options beat the environment. */
export function authorizer(configuration: Configuration): Authorize {
  const { contract, options } = configuration
  const secretsOf = (name: string | null): Secret[] =>
    name === null ? [] : readSecrets(contract.securitySchemes[name])
  // What was made of options that are no functions. They do not change, and encoding them again only takes time.
  const known = new Map<Security, Authorization>()

  return (operation, security, problems) => {
    const before = security.length === 0 ? nobody : known.get(security)
    if (before) return before
    const chosen = choose(
      security.map((name) => ({ name, secrets: secretsOf(name) })),
      problems,
    )
    if (!chosen || chosen.name === null) return nobody
    const scheme = contract.securitySchemes[chosen.name]
    const { secrets } = chosen
    const values = secrets.map((secret) => lookup(configuration, secret))
    const read = (given: readonly unknown[], problems: Problems) =>
      authorizationOf(
        scheme,
        secrets.map((secret, index) => check(secret, given[index], problems)),
      )
    if (values.some((value) => typeof value === 'function')) {
      return async () => {
        const given = await Promise.all(
          values.map(async (value) => (typeof value === 'function' ? value() : value)),
        ).catch((cause) => refuse(operation, ['a function that supplies credentials failed'], { cause }))
        const wrong: Problems = []
        const authorization = read(given, wrong)
        if (wrong.length > 0) refuse(operation, wrong)
        return authorization
      }
    }
    const count = problems.length
    const authorization = read(values, problems)
    // Whether another option stands beside it is looked at each time.
    const isFixed = secrets.every(({ option, requires }) => !requires && typeof options[option] === 'string')
    if (isFixed && problems.length === count) known.set(security, authorization)
    return authorization
  }

  /** The alternative for which something is given: by options, or if there is nothing, by the environment. */
  function choose(ways: readonly { name: string | null; secrets: readonly Secret[] }[], problems: Problems) {
    const all = ways.flatMap(({ secrets }) => secrets)
    const byOption = all.filter(({ option }) => options[option] !== undefined)
    const given = (byOption.length > 0 ? byOption : all.filter(({ env }) => readEnv(env))).map(label)
    const fitting = ways.find(({ secrets }) => given.every((name) => secrets.map(label).includes(name)))
    if (!fitting) problems.push(`${given.join(' and ')} are given together: give one kind of credentials`)
    if (fitting?.name && given.length === 0) {
      const names = ways.map(({ secrets }) => secrets.map(label).join(' and '))
      problems.push(`credentials are missing: give ${names.join(', or ')}`)
      return undefined
    }
    return fitting
  }

  function check(secret: Secret, value: unknown, problems: Problems): string {
    const { pattern, rule, requires } = secret
    const { baseUrl, servers } = contract
    if (value === undefined) problems.push(`${label(secret)} is missing`)
    else if (typeof value !== 'string' || !pattern.test(value)) problems.push(`${label(secret)} must be ${rule}`)
    else if (requires && lookup(configuration, baseUrl) === undefined)
      problems.push(
        `${label(secret)} is good for one server only: name that as \`${requires}\`, ${servers.join(' or ')}`,
      )
    return String(value)
  }
}

function readSecrets(scheme: SecurityScheme | undefined): Secret[] {
  if (!scheme) return []
  if (scheme.scheme === 'bearer')
    return [{ ...scheme.token, pattern: /^[!-~]+$/, rule: 'visible ASCII without blanks' }]
  return [
    {
      ...scheme.username,
      pattern: /^[^\p{Cc}\p{Cs}:]+$/u,
      rule: 'non-empty text without colons and control characters',
    },
    { ...scheme.password, pattern: /^[^\p{Cc}\p{Cs}]+$/u, rule: 'non-empty text without control characters' },
  ]
}

/** HTTP Basic has user name and password in UTF-8, Bearer the token. */
function authorizationOf(scheme: SecurityScheme | undefined, texts: readonly string[]): Authorization {
  const encoded =
    scheme?.scheme === 'basic' ? btoa(String.fromCharCode(...new TextEncoder().encode(texts.join(':')))) : texts[0]
  // Most calls have nothing to take it out of.
  let made: Scrub | undefined
  const scrub: Scrub = (text, brokeOff) => {
    made ??= scrubber([...texts, `${encoded}`.replace(/=+$/, '')])
    return made(text, brokeOff)
  }
  return { header: `${scheme?.scheme === 'basic' ? 'Basic' : 'Bearer'} ${encoded}`, scrub }
}
