import { type Configuration, type Problems, refuse, show } from './configuration.ts'
import type { OperationEntry } from './contract.ts'
import type { Authorization, Authorize } from './credentials.ts'
import { isBrowser, noStore } from './environment.ts'
import type { BaseUrl } from './hosts.ts'
import type { RequestValues, Transport } from './http.ts'
import type { CallOptions } from './options.ts'
import { placeParameters } from './parameters.ts'
import { canMake } from './values.ts'

/** What all calls of a client share. */
export interface Shared extends Configuration {
  readonly baseUrl: BaseUrl
  readonly authorize: Authorize
  readonly transport: Transport
}

/** A call of which nothing is wrong, so far as one can know before it is sent. */
export interface Prepared {
  readonly operation: OperationEntry
  readonly values: RequestValues
  readonly timeoutMs: number
  readonly maxRetries: number
  /** Credentials that are supplied by functions are asked for once. */
  authorization(): Authorization | Promise<Authorization>
}

/**
 * Looks at all that a call is made of.
 *
 * @throws {ConfigurationError} that names everything that is wrong
 */
export function prepare(
  { options, contract, baseUrl, authorize }: Shared,
  operation: OperationEntry,
  parameters: Readonly<Record<string, unknown>>,
  own: CallOptions,
): Prepared {
  const problems: Problems = []
  const { timeoutMs = options.timeoutMs ?? 30_000, maxRetries = options.maxRetries ?? 2, signal } = own
  const headers = own.headers ?? {}
  const params = placeParameters(operation, parameters, options, problems)
  // A timer takes a wrong number for 1 ms.
  if (!(timeoutMs > 0 && timeoutMs <= 2 ** 31 - 1))
    problems.push(`\`timeoutMs\` must be more than 0 and less than 2 ** 31, but is ${show(timeoutMs)}`)
  if (!(Number.isInteger(maxRetries) && maxRetries >= 0))
    problems.push(`\`maxRetries\` must be an integer, at least 0, but is ${show(maxRetries)}`)
  if (signal && !('addEventListener' in Object(signal)))
    problems.push('`signal` must be the `signal` of an AbortController')
  for (const header of Object.entries(headers)) {
    // `Headers` would print the value in its own error.
    if (!canMake(() => new Headers([header])))
      problems.push(`the header \`${header[0]}\` cannot be written as part of a request`)
  }
  const agent = isBrowser() ? {} : { 'user-agent': contract.userAgent }
  const values: RequestValues = {
    baseUrl: baseUrl(problems),
    params,
    body: operation.body && parameters.body,
    headers: { accept: 'application/json', ...agent, ...headers },
    init: { redirect: 'manual', ...noStore() },
  }
  const found = authorize(operation.name, operation.security, problems)
  if (problems.length > 0) refuse(operation.name, problems)
  let asked: Promise<Authorization> | undefined
  return {
    operation,
    values,
    timeoutMs,
    maxRetries,
    authorization() {
      if (typeof found !== 'function') return found
      asked ??= found()
      return asked
    },
  }
}
