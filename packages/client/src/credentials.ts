import { type Configuration, label, lookup, type Problems, throwConfigurationError } from './configuration.ts'
import type { Security, SecurityScheme } from './contract.ts'
import { readEnv } from './environment.ts'
import { type Redact, redactSecrets } from './redact.ts'

/** The `Authorization` header value, and a function that redacts its secrets from a string. */
export interface Authorization {
  /** Absent if the operation needs no credentials. */
  readonly header?: string
  readonly redact: Redact
}

const anonymous: Authorization = { redact: (value) => value }

/** Allowed values of each secret. They are checked here because the error of `Headers` would contain the value. */
const rules: Readonly<Record<SecurityScheme['scheme'], readonly { pattern: RegExp; rule: string }[]>> = {
  basic: [
    { pattern: /^[^\p{Cc}\p{Cs}:]+$/u, rule: 'a non-empty string without colons and control characters' },
    { pattern: /^[^\p{Cc}\p{Cs}]+$/u, rule: 'a non-empty string without control characters' },
  ],
  bearer: [{ pattern: /^[!-~]+$/, rule: 'printable ASCII without spaces' }],
}

/** Loads the credentials of one call. Functions that provide credentials are called once per call. */
export type LoadCredentials = () => Promise<Authorization>

/** Chooses the credentials for a call, and checks those that are not provided by functions. */
export function chooseCredentials(
  configuration: Configuration,
  operation: string,
  security: Security,
  problems: Problems,
): LoadCredentials {
  const scheme = chooseScheme(configuration, security, problems)
  if (!scheme) return async () => anonymous
  const values = scheme.secrets.map((secret) => lookup(configuration, secret))
  if (values.every((value) => typeof value !== 'function')) {
    problems.push(...secretProblems(configuration, scheme, values))
    return async () => authorizationOf(scheme.scheme, values.map(String))
  }
  const load = async () => {
    const loaded = await Promise.all(
      values.map(async (value) => (typeof value === 'function' ? value() : value)),
    ).catch((cause) => {
      const message = 'a function that provides credentials failed. See `cause`.'
      throwConfigurationError(operation, [{ code: 'invalid', name: 'credentials', message }], { cause })
    })
    const found = secretProblems(configuration, scheme, loaded)
    if (found.length > 0) throwConfigurationError(operation, found)
    return authorizationOf(scheme.scheme, loaded.map(String))
  }
  let authorization: Promise<Authorization> | undefined
  return () => {
    authorization ??= load()
    return authorization
  }
}

/** The scheme whose secrets are given: as options, or if there are none, in the environment. */
function chooseScheme(
  { contract, options }: Configuration,
  security: Security,
  problems: Problems,
): SecurityScheme | undefined {
  const schemes = security.map((name) => (name === null ? undefined : contract.securitySchemes[name]))
  const all = schemes.flatMap((scheme) => scheme?.secrets ?? [])
  const byOption = all.filter(({ option }) => options[option] !== undefined)
  const given = byOption.length > 0 ? byOption : all.filter(({ env }) => readEnv(env))
  if (given.length === 0) {
    const alternatives = schemes.map((scheme) => scheme?.secrets.map(label).join(' and '))
    if (security.length > 0 && !alternatives.includes(undefined)) {
      const message = `no credentials. Set ${alternatives.join(', or ')}.`
      problems.push({ code: 'missing', name: 'credentials', message })
    }
    return undefined
  }
  const fitting = schemes.find((scheme) =>
    given.every(({ option }) => scheme?.secrets.some((secret) => secret.option === option)),
  )
  if (!fitting) {
    const message = `${given.map(label).join(' and ')} are given together. Give one kind of credentials.`
    problems.push({ code: 'conflict', name: 'credentials', message })
  }
  return fitting
}

/** The problems with the values of a scheme's secrets. */
function secretProblems(
  configuration: Configuration,
  { scheme, secrets }: SecurityScheme,
  values: readonly unknown[],
): Problems {
  const { baseUrl, servers } = configuration.contract
  return secrets.flatMap((secret, index): Problems => {
    const value = values[index]
    const { option: name, env } = secret
    const { pattern, rule } = rules[scheme][index] ?? {}
    if (value === undefined) return [{ code: 'missing', name, env, message: `${label(secret)} is required.` }]
    if (typeof value !== 'string' || !pattern?.test(value))
      return [{ code: 'invalid', name, env, message: `${label(secret)} must be ${rule}.` }]
    if (!secret.requires || lookup(configuration, baseUrl) !== undefined) return []
    const why = 'because it is valid for one server only'
    const message = `${label(secret)} requires ${label(baseUrl)}, ${why}. Set it to ${servers.join(' or ')}.`
    return [{ code: 'missing', name: baseUrl.option, env: baseUrl.env, message }]
  })
}

/** HTTP Basic takes the user name and the password in UTF-8, Bearer the token. */
function authorizationOf(scheme: SecurityScheme['scheme'], secrets: readonly string[]): Authorization {
  const isBasic = scheme === 'basic'
  const encoded = isBasic ? btoa(String.fromCharCode(...new TextEncoder().encode(secrets.join(':')))) : secrets.join()
  return {
    header: `${isBasic ? 'Basic' : 'Bearer'} ${encoded}`,
    // Without its padding the pair is found in both spellings.
    redact: (value) => redactSecrets(value, [...secrets, encoded.replace(/=+$/, '')]),
  }
}
