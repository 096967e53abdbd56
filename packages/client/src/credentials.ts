import { type Configuration, label, lookup, type Problems, refuse } from './configuration.ts'
import type { Security, SecurityScheme } from './contract.ts'
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

const nobody: Authorization = { scrub: (text) => text }

/** What each secret must be: `Headers` would print a value that it did not like in its own error. */
const rules: Readonly<Record<SecurityScheme['scheme'], readonly { pattern: RegExp; rule: string }[]>> = {
  basic: [
    { pattern: /^[^\p{Cc}\p{Cs}:]+$/u, rule: 'non-empty text without colons and control characters' },
    { pattern: /^[^\p{Cc}\p{Cs}]+$/u, rule: 'non-empty text without control characters' },
  ],
  bearer: [{ pattern: /^[!-~]+$/, rule: 'visible ASCII without blanks' }],
}

/** Options beat the environment. */
export function authorizer(configuration: Configuration): Authorize {
  const { contract, options } = configuration
  // What was made of options that are no functions. They do not change, and encoding them again only takes time.
  const known = new Map<Security, Authorization>()

  return (operation, security, problems) => {
    const before = security.length === 0 ? nobody : known.get(security)
    if (before) return before
    const scheme = choose(security, problems)
    if (!scheme) return nobody
    const values = scheme.secrets.map((secret) => lookup(configuration, secret))
    if (values.some((value) => typeof value === 'function')) {
      return async () => {
        const given = await Promise.all(
          values.map(async (value) => (typeof value === 'function' ? value() : value)),
        ).catch((cause) => refuse(operation, ['a function that supplies credentials failed'], { cause }))
        const wrong = wrongSecrets(scheme, given)
        if (wrong.length > 0) refuse(operation, wrong)
        return authorizationOf(scheme.scheme, given.map(String))
      }
    }
    const wrong = wrongSecrets(scheme, values)
    problems.push(...wrong)
    const authorization = authorizationOf(scheme.scheme, values.map(String))
    // Whether another option stands beside it is looked at each time.
    const isFixed = scheme.secrets.every(({ option, requires }) => !requires && typeof options[option] === 'string')
    if (isFixed && wrong.length === 0) known.set(security, authorization)
    return authorization
  }

  /** The alternative for which something is given: by options, or if there is nothing, by the environment. */
  function choose(security: Security, problems: Problems): SecurityScheme | undefined {
    const schemes = security.map((name) => (name === null ? undefined : contract.securitySchemes[name]))
    const all = schemes.flatMap((scheme) => scheme?.secrets ?? [])
    const byOption = all.filter(({ option }) => options[option] !== undefined)
    const given = (byOption.length > 0 ? byOption : all.filter(({ env }) => readEnv(env))).map(label)
    if (given.length === 0) {
      const names = schemes.map((scheme) => scheme?.secrets.map(label).join(' and '))
      if (!names.includes(undefined)) problems.push(`credentials are missing: give ${names.join(', or ')}`)
      return undefined
    }
    const fitting = schemes.find((scheme) => given.every((name) => scheme?.secrets.map(label).includes(name)))
    if (!fitting) problems.push(`${given.join(' and ')} are given together: give one kind of credentials`)
    return fitting
  }

  /** What is wrong with the values of a scheme's secrets. */
  function wrongSecrets({ scheme, secrets }: SecurityScheme, values: readonly unknown[]): Problems {
    const { baseUrl, servers } = contract
    return secrets.flatMap((secret, index) => {
      const value = values[index]
      const { pattern, rule } = rules[scheme][index] ?? {}
      if (value === undefined) return `${label(secret)} is missing`
      if (typeof value !== 'string' || !pattern?.test(value)) return `${label(secret)} must be ${rule}`
      const isAlone = secret.requires && lookup(configuration, baseUrl) === undefined
      return isAlone
        ? `${label(secret)} is good for one server only: name that as \`${secret.requires}\`, ${servers.join(' or ')}`
        : []
    })
  }
}

/** HTTP Basic has user name and password in UTF-8, Bearer the token. */
function authorizationOf(scheme: SecurityScheme['scheme'], texts: readonly string[]): Authorization {
  const isBasic = scheme === 'basic'
  const encoded = isBasic ? btoa(String.fromCharCode(...new TextEncoder().encode(texts.join(':')))) : texts.join()
  // Most calls have nothing to take it out of.
  let made: Scrub | undefined
  const scrub: Scrub = (text) => {
    made ??= scrubber([...texts, encoded.replace(/=+$/, '')])
    return made(text)
  }
  return { header: `${isBasic ? 'Basic' : 'Bearer'} ${encoded}`, scrub }
}
