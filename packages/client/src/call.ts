import type { Configuration } from './configuration.ts'
import type { OperationEntry } from './contract.ts'
import { Deadline } from './deadline.ts'
import { ownConnection, proxyHint } from './environment.ts'
import { type AnyCallError, isCallError, NotSentError, UnknownOutcomeError } from './errors.ts'
import { describeFailure, provesNotSent } from './failure.ts'
import { isLoopback } from './hosts.ts'
import { fetchArguments, type HttpClient, request } from './http.ts'
import type { BaseClientOptions, CallOptions, Logger } from './options.ts'
import { type PreparedCall, prepare } from './prepare.ts'
import { type Redact, safeHeaders } from './redact.ts'
import { advice, readResponse } from './response.ts'
import { attemptDeadline, mayRetry, retryDelay } from './retry.ts'
import { doesNotThrow, ignoreErrors, typeOf } from './values.ts'

/** Shared by all calls of a client. */
export interface ClientContext extends Configuration {
  /** The openapi-fetch client, created at first use because the base URL is known then. */
  http(baseUrl: string): HttpClient
}

export interface CallResult {
  readonly data: unknown
  readonly response: Response
}

/** Runs one call: prepares it, sends it, classifies the response and retries where that is safe. Throws only `CallError`s. */
export async function runCall(
  context: ClientContext,
  operation: OperationEntry,
  parameters: Readonly<Record<string, unknown>>,
  callOptions: CallOptions,
): Promise<CallResult> {
  const call = prepare(context, operation, parameters, callOptions)
  const { maxRetries, timeoutMs } = call
  const deadline = new Deadline(timeoutMs, callOptions.signal)
  let lastSentError: AnyCallError | undefined
  try {
    for (let attempt = 0; ; attempt++) {
      const { logger } = context.options
      const report = logger && reporter(logger, operation, attempt)
      const ownDeadline = attemptDeadline(deadline, operation, maxRetries - attempt)
      const result = await sendOnce(context, call, ownDeadline, lastSentError !== undefined, report)
      if (ownDeadline !== deadline) ownDeadline.stop()
      if (!isCallError(result)) return result
      // Earlier attempts may have arrived, even if the last one was not sent.
      if (result.outcome !== 'not-sent') lastSentError = result
      const wait = retryDelay(result, attempt)
      const isTimeLeft = wait < deadline.left() && !deadline.cancelReason
      const isRetried = attempt < maxRetries && isTimeLeft && mayRetry(operation, result)
      const { code, outcome, message } = result
      report?.(isRetried ? 'warn' : 'error', { code, outcome }, message)
      if (!isRetried) throw lastSentError ?? result
      await deadline.sleep(wait)
    }
  } finally {
    deadline.stop()
  }
}

/** Sends one attempt. Returns a `CallError` instead of throwing, so that the loop can decide about a retry. */
async function sendOnce(
  context: ClientContext,
  call: PreparedCall,
  deadline: Deadline,
  wasSent: boolean,
  report: Report | undefined,
): Promise<CallResult | AnyCallError> {
  const { operation, baseUrl } = call
  const { options } = context
  const connection = operation.isStateChanging ? ownConnection() : {}
  let redact: Redact = (value) => value
  let sent = { method: operation.method, url: `${baseUrl}${operation.path}` }
  const urlWithoutQuery = () => redact(sent.url.replace(/\?.*/, ''))
  const describeRequest = () => `${sent.method} ${urlWithoutQuery()}`
  let isSent = wasSent
  let isProvedUnsent = false
  let hasResponse = false
  try {
    const credentials = await deadline.race(call.loadCredentials())
    redact = credentials.redact
    const send = async (written: Request) => {
      const extra = { signal: deadline.signal, ...connection.init }
      const [url, init] = await fetchArguments(context, operation.name, written, credentials.header, extra)
      sent = { method: written.method, url }
      const reason = deadline.cancelReason
      if (reason) throw reason
      isSent = true
      let response: Response
      try {
        response = await (options.fetch ?? fetch)(url, init)
      } catch (failure) {
        // Determined here, because middleware may fail after a response in a way that looks the same. The global fetch reads
        // its arguments like `Request`: if that throws, nothing was sent.
        isProvedUnsent = provesNotSent(failure) || (!options.fetch && !doesNotThrow(() => new Request(url, init)))
        throw failure
      }
      if (!Object(response).headers) throw new TypeError(`\`fetch\` returned no Response, but ${typeOf(response)}`)
      return response
    }
    const { response } = await deadline.race(request(context.http(baseUrl), call, send))
    hasResponse = true
    const { status, headers } = response
    report?.('info', { url: urlWithoutQuery(), status, headers: safeHeaders(headers, redact) }, 'response received')
    const data = await readResponse(operation, describeRequest, response, deadline, redact)
    checkResponse(options, operation.name, status, data)
    return { data, response }
  } catch (failure) {
    if (isCallError(failure) && (hasResponse || (!isSent && failure.code === 'configuration'))) return failure
    const reason = deadline.cancelReason
    const cause = describeFailure(failure, redact)
    const why = reason ? (reason.code === 'timeout' ? 'timed out' : 'aborted') : cause.message
    if (isSent && !isProvedUnsent) {
      const fields = { operation: operation.name, ...(reason ?? { code: 'connection_lost' as const, cause }) }
      return new UnknownOutcomeError(
        `no complete response to ${describeRequest()} (${why}). ${advice(operation)}`,
        fields,
      )
    }
    const { protocol, hostname } = new URL(baseUrl)
    const hint = reason || options.fetch || isLoopback(hostname) ? '' : proxyHint(protocol)
    const fields = { operation: operation.name, ...(reason ?? { code: 'not_sent' as const, cause }) }
    return new NotSentError(`${describeRequest()} was not sent (${why}).${hint} A retry is safe.`, fields)
  } finally {
    connection.release?.()
  }
}

/**
 * Runs the `validate` option. Rethrows `CallError`s and ignores any other error, because the response has already arrived.
 */
function checkResponse(options: BaseClientOptions, operation: string, status: number, data: unknown): void {
  try {
    options.validate?.(operation, status, data, options)
  } catch (error) {
    if (isCallError(error)) throw error
  }
}

type Report = (level: keyof Logger, details: object, message: string) => void

/** Logs one attempt. Its duration is counted from here. */
function reporter(logger: Logger, { name, method, path }: OperationEntry, attempt: number): Report {
  const start = performance.now()
  return (level, details, message) => {
    const ms = performance.now() - start
    ignoreErrors(() => logger[level]({ operation: name, method, path, attempt, ms, ...details }, message))
  }
}
