import { type Configuration, type Problems, show, throwConfigurationError, unknownNames } from './configuration.ts'
import type { OperationEntry, ParameterEntry } from './contract.ts'
import { chooseCredentials, type LoadCredentials } from './credentials.ts'
import { isBrowser, readEnv } from './environment.ts'
import { findBaseUrl } from './hosts.ts'
import type { CallOptions } from './options.ts'
import { doesNotThrow, validationError } from './values.ts'

/** A call whose parameters and options are valid. */
export interface PreparedCall {
  readonly operation: OperationEntry
  readonly baseUrl: string
  readonly params: Readonly<Record<ParameterEntry['in'], Readonly<Record<string, unknown>>>>
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>
  readonly timeoutMs: number
  readonly maxRetries: number
  readonly loadCredentials: LoadCredentials
}

type Given = Readonly<Record<string, unknown>>

/**
 * Checks all inputs of a call.
 *
 * @throws {ConfigurationError} with all problems at once
 */
export function prepare(
  configuration: Configuration,
  operation: OperationEntry,
  parameters: Given,
  callOptions: CallOptions,
): PreparedCall {
  const { options, contract, optionProblems } = configuration
  const problems: Problems = [...optionProblems]
  const params = placeParameters(operation, parameters, options, problems)
  problems.push(...unknownNames('call option', callOptions, ['signal', 'timeoutMs', 'maxRetries', 'headers']))
  const { timeoutMs = options.timeoutMs ?? 30_000, maxRetries = options.maxRetries ?? 2, signal } = callOptions
  const headers = callOptions.headers ?? {}
  const reject = (name: string, message: string) => problems.push({ code: 'invalid', name, message })
  // A timer treats an invalid number as 1 ms.
  if (!(timeoutMs > 0 && timeoutMs <= 2 ** 31 - 1))
    reject('timeoutMs', `\`timeoutMs\` must be more than 0 and less than 2 ** 31, but is ${show(timeoutMs)}.`)
  if (!(Number.isInteger(maxRetries) && maxRetries >= 0))
    reject('maxRetries', `\`maxRetries\` must be an integer, at least 0, but is ${show(maxRetries)}.`)
  if (signal && !('addEventListener' in Object(signal)))
    reject('signal', '`signal` must be the `signal` of an AbortController.')
  for (const header of Object.entries(headers)) {
    // The error of `Headers` would contain the value.
    if (!doesNotThrow(() => new Headers([header])))
      reject(header[0], `the header \`${header[0]}\` has a name or value that HTTP does not allow.`)
  }
  const baseUrl = findBaseUrl(configuration, problems)
  const loadCredentials = chooseCredentials(configuration, operation.name, operation.security, problems)
  if (problems.length > 0) throwConfigurationError(operation.name, problems)
  const agent = isBrowser() && !options.fetch ? {} : { 'user-agent': contract.userAgent }
  return {
    operation,
    baseUrl,
    params,
    body: operation.body && parameters.body,
    headers: { accept: 'application/json', ...agent, ...headers },
    timeoutMs,
    maxRetries,
    loadCredentials,
  }
}

/** Checks the parameters against the contract, and sorts them by place. */
function placeParameters(
  { parameters, body }: OperationEntry,
  given: Given,
  options: Configuration['options'],
  problems: Problems,
): PreparedCall['params'] {
  const placed: Record<ParameterEntry['in'], Record<string, unknown>> = { path: {}, query: {}, header: {} }
  for (const parameter of parameters) {
    const { name, in: place, required, option, env } = parameter
    const own = ownValue(given, name) ?? (option && options[option])
    const fromEnv = own === undefined ? readEnv(env) : undefined
    const value = fromEnv === undefined ? own : parse(parameter, fromEnv)
    if (value !== undefined) {
      const error = parameterError(parameter, value)
      if (error) {
        const found = fromEnv === undefined ? `is ${show(value)}` : `${env} is ${show(fromEnv)}`
        problems.push({ code: 'invalid', name, env, message: `\`${name}\` ${error}, but ${found}.` })
      }
      placed[place][name] = value
    } else if (required) {
      const others = env
        ? `, set the client option \`${option}\`, or set ${env}`
        : ` or set the client option \`${option}\``
      const help = option ? ` Pass it${others}.` : ''
      problems.push({ code: 'missing', name, env, message: `\`${name}\` is required.${help}` })
    }
  }
  const sent = ownValue(given, 'body')
  if (body?.required && sent === undefined)
    problems.push({ code: 'missing', name: 'body', message: '`body` is required.' })
  if (body && !doesNotThrow(() => JSON.stringify(sent)))
    problems.push({ code: 'invalid', name: 'body', message: '`body` cannot be written as JSON.' })
  const names = [...parameters.map(({ name }) => name), ...(body ? ['body'] : [])]
  problems.push(...unknownNames('parameter', given, names))
  return placed
}

/** A parameter that was given; null counts as not given. */
const ownValue = (given: Given, name: string): unknown =>
  (Object.hasOwn(given, name) ? given[name] : undefined) ?? undefined

/** An environment variable is a string, but the contract may require a number. */
function parse({ schema }: ParameterEntry, value: string): unknown {
  if (schema.type === 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

/** The first rule that a value or one of its items breaks, as the end of a sentence. */
function parameterError({ in: place, schema }: ParameterEntry, value: unknown): string | undefined {
  const error = validationError(schema, value)
  if (error) return error
  const items = schema.items && Array.isArray(value) ? value : []
  for (const [index, item] of items.entries()) {
    const error = validationError(schema.items ?? {}, item)
    if (error) return `${error} at index ${index}`
  }
  const text = String(value)
  if (place === 'header' && !/^[\t\x20-\x7e\x80-\xff]*$/.test(text))
    return 'must contain only characters allowed in a header'
  // Such a path segment would change the path.
  if (place === 'path' && /^\.{0,2}$/.test(text)) return 'must not be empty, "." or ".."'
  return text.isWellFormed() ? undefined : 'must be well-formed Unicode'
}
