import type { Contract, Scheme, Source } from './contract.ts'
import { readEnv } from './environment.ts'
import { ConfigurationError } from './errors.ts'
import { hasBaseUrl } from './hosts.ts'
import type { Values } from './parameters.ts'

/** Headers that prove who calls, and the secrets in them. */
export interface Authorization {
  readonly headers: Record<string, string>
  readonly secrets: readonly string[]
}

/**
 * Credentials for one call. Options beat the environment; both are read now. Without a function among the options the
 * answer is there at once.
 */
export function authorize(
  contract: Contract,
  security: readonly (readonly string[])[],
  options: Values,
  operation: string,
): Authorization | Promise<Authorization> {
  const schemes = chooseSchemes(contract, security, options, operation)
  const values = schemes.map((scheme) => scheme.values.map((source) => readValue(source, contract, options, operation)))
  if (isReady(values)) return build(schemes, values, operation)
  return Promise.all(values.map((some) => Promise.all(some))).then((known) => build(schemes, known, operation))
}

const isReady = (values: (string | Promise<string>)[][]): values is string[][] =>
  values.flat().every((value) => typeof value === 'string')

/** The alternative for which something is given; the most that is given for several would be ambiguous. */
function chooseSchemes(
  { schemes }: Contract,
  security: readonly (readonly string[])[],
  options: Values,
  operation: string,
): Scheme[] {
  const find = (names: readonly string[]) => names.flatMap((name) => schemes[name] ?? [])
  const levels = [
    ({ option }: Source) => options[option] !== undefined && options[option] !== null,
    ({ env }: Source) => readEnv(env) !== undefined,
  ]
  for (const isGiven of levels) {
    const begun = [...new Set(security.flat())].filter((name) => schemes[name]?.values.some(isGiven))
    if (begun.length === 0) continue
    const [best] = security
      .filter((alternative) => begun.every((name) => alternative.includes(name)))
      .sort((a, b) => a.length - b.length)
    if (best) return find(best)
    const given = find(begun).map(({ values }) => namesOf(values.filter(isGiven), isGiven === levels[0]).join(' and '))
    throw new ConfigurationError(`${given.join(' and ')} are given together: give one kind of credentials`, operation)
  }
  if (security.length === 0 || security.some((alternative) => alternative.length === 0)) return []
  const ways = security.map((alternative) =>
    find(alternative)
      .flatMap(({ values }) => namesOf(values, true))
      .join(' and '),
  )
  const variables = security.map((alternative) =>
    find(alternative)
      .flatMap(({ values }) => namesOf(values, false))
      .join(' and '),
  )
  throw new ConfigurationError(
    `credentials are missing: give ${ways.join(', or ')}${variables.some(Boolean) ? ` (in the environment: ${variables.filter(Boolean).join(', or ')})` : ''}`,
    operation,
  )
}

const namesOf = (sources: readonly Source[], asOptions: boolean): string[] =>
  sources.flatMap(({ option, env }) => (asOptions ? `\`${option}\`` : (env ?? [])))

function readValue(source: Source, contract: Contract, options: Values, operation: string): string | Promise<string> {
  const { option, env, requires } = source
  if (requires && !hasBaseUrl(contract, options)) {
    throw new ConfigurationError(
      `\`${option}\` needs \`${requires}\` beside it, since it is good for one server only: ${contract.servers.join(' or ')}`,
      operation,
    )
  }
  const value = options[option] ?? readEnv(env)
  if (typeof value !== 'function') return checkText(value, source, operation)
  // What the function throws is the caller's own and stays the cause.
  const failed = (cause: unknown) => {
    throw new ConfigurationError(`the function given as \`${option}\` failed`, operation, cause)
  }
  try {
    const supplied: unknown = value()
    return isThenable(supplied)
      ? Promise.resolve(supplied).then((text) => checkText(text, source, operation), failed)
      : checkText(supplied, source, operation)
  } catch (error) {
    if (error instanceof ConfigurationError) throw error
    return failed(error)
  }
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'

function checkText(value: unknown, { option, env }: Source, operation: string): string {
  if (value === undefined || value === null) {
    throw new ConfigurationError(`\`${option}\` is missing${env ? `, and so is ${env}` : ''}`, operation)
  }
  if (typeof value !== 'string') throw new ConfigurationError(`\`${option}\` must be a string`, operation)
  if (value === '') throw new ConfigurationError(`\`${option}\` is empty`, operation)
  return value
}

/** Says what is wrong with a secret without repeating it: `Headers` would print it in its own error. */
function build(schemes: readonly Scheme[], known: readonly (readonly string[])[], operation: string): Authorization {
  const headers: Record<string, string> = {}
  const secrets: string[] = []
  for (const [index, { type, header, values }] of schemes.entries()) {
    const [first = '', second = ''] = known[index] ?? []
    const [name, secondName] = values.map(({ option }) => `\`${option}\``)
    if (type === 'basic') {
      if (first.includes(':')) throw new ConfigurationError(`${name} must not contain a colon`, operation)
      for (const [value, label] of [
        [first, name],
        [second, secondName],
      ] as const) {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
        if (/[\x00-\x1f\x7f]/.test(value)) {
          throw new ConfigurationError(`${label} must not contain a line break or another control character`, operation)
        }
      }
      const encoded = base64(`${first}:${second}`)
      headers[header] = `Basic ${encoded}`
      secrets.push(encoded, second, first)
    } else {
      if (!/^[\x21-\x7e]+$/.test(first)) {
        throw new ConfigurationError(`${name} must be visible ASCII without blanks`, operation)
      }
      headers[header] = type === 'bearer' ? `Bearer ${first}` : first
      secrets.push(first)
    }
  }
  return { headers, secrets }
}

const base64 = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''))
