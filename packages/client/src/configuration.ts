import type { Contract, Option } from './contract.ts'
import { readEnv } from './environment.ts'
import { ConfigurationError, type ConfigurationProblem } from './errors.ts'
import type { BaseClientOptions } from './options.ts'
import { orUndefined } from './values.ts'

/** A contract and the options of a client. */
export interface Configuration {
  readonly contract: Contract
  /** Has no prototype, so that a name in the contract is an option only if it was given. */
  readonly options: BaseClientOptions & Readonly<Record<string, unknown>>
  /** Problems with the names of the options. They are reported by each call. */
  readonly optionProblems: readonly ConfigurationProblem[]
}

/** The problems of a call that are found before it is sent. */
export type Problems = ConfigurationProblem[]

/** A value from the options, otherwise from the environment. */
export const lookup = ({ options }: Configuration, { option, env }: Option): unknown => options[option] ?? readEnv(env)

/** An option and its environment variable, for messages. */
export const label = ({ option, env }: Option): string => `\`${option}\`${env ? ` (${env})` : ''}`

/** Throws one error with all problems. */
export function throwConfigurationError(
  operation: string,
  problems: readonly ConfigurationProblem[],
  cause?: { cause: unknown },
): never {
  const messages = problems.map(({ message }) => message)
  const message = messages.length > 1 ? ['invalid options or parameters:', ...messages].join('\n- ') : `${messages[0]}`
  throw new ConfigurationError(message, { operation, problems, ...cause })
}

/** A wrong value as the caller would write it, shortened. */
export function show(value: unknown): string {
  const isJson = typeof value === 'string' || typeof value === 'object'
  const shown = orUndefined(() => (isJson ? JSON.stringify(value) : String(value)))
  return shown?.replace(/^(.{60}).+$/s, '$1…') ?? 'an object'
}

const baseOptions = [
  'timeoutMs',
  'maxRetries',
  'fetch',
  'logger',
  'validate',
  'onContractViolation',
  'allowHttpHost',
  'dangerouslyAllowBrowser',
] satisfies (keyof BaseClientOptions)[]

/** Creates the configuration of a client. */
export function configure(contract: Contract, given: Configuration['options']): Configuration {
  const options: Configuration['options'] = Object.assign(Object.create(null), given)
  return { contract, options, optionProblems: unknownNames('client option', options, optionNames(contract)) }
}

/** The names of all options that a client of this contract takes. */
function optionNames({ baseUrl, securitySchemes, operations }: Contract): string[] {
  const secrets = Object.values(securitySchemes).flatMap((scheme) => scheme.secrets)
  const parameters = operations.flatMap((operation) => operation.parameters)
  return [...baseOptions, ...[baseUrl, ...secrets, ...parameters].flatMap(({ option }) => option ?? [])]
}

/**
 * A problem for each name that is not known. A misspelt name must not be ignored: the call would use a default instead.
 *
 * @param kind `parameter`, `call option` or `client option`
 */
export function unknownNames(kind: string, given: object, known: readonly string[]): Problems {
  const unknown = Object.keys(given).filter((name) => !known.includes(name))
  return unknown.map((name) => {
    const similar = closest(name, known)
    const names = known.map((each) => `\`${each}\``).join(', ') || 'none'
    const help = similar ? `Did you mean \`${similar}\`?` : `Known names: ${names}.`
    return { code: 'unknown', name, message: `\`${name}\` is not a known ${kind}. ${help}` }
  })
}

/** The known name that differs least, if it differs by no more than a third of its characters. */
function closest(name: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
  const [best] = ranked
  return best && best.distance <= Math.max(1, best.candidate.length / 3) ? best.candidate : undefined
}

/** The number of characters to insert, delete or replace to turn one string into the other (Levenshtein). */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [row, letter] of [...a].entries()) {
    const current = [row + 1]
    for (const [column, other] of [...b].entries()) {
      const replaced = (previous[column] ?? 0) + (letter === other ? 0 : 1)
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1))
    }
    previous = current
  }
  return previous.at(-1) ?? 0
}
