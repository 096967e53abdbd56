import type { ApiErrorFields } from './generated/operations.gen.ts'
import type { Violation } from './options.ts'

/** The kind of a failure. The list is closed. */
export type CallErrorCode =
  | 'configuration'
  | 'not_sent'
  | 'timeout'
  | 'aborted'
  | 'connection_lost'
  | 'http'
  | 'api'
  | 'malformed_response'
  | 'contract_violation'

/** Outcome of the request: not sent, rejected, accepted, or unknown. */
export type Outcome = 'not-sent' | 'rejected' | 'accepted' | 'unknown'

/** The part of a response that an error keeps. */
export interface ResponseFields {
  /** HTTP status; 0 for a redirect whose status a browser hides. */
  readonly status: number
  /** Headers that cannot contain a secret, with names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** At most 4,096 characters of the body. JSON is formatted again. */
  readonly body: string
  /** Milliseconds to wait, from `Retry-After`; absent without that header. */
  readonly retryAfterMs?: number
}

/** One problem with the parameters or options of a call. */
export interface ConfigurationProblem {
  /**
   * - `missing`: a required value was not given
   * - `invalid`: a value is not allowed
   * - `unknown`: there is no parameter or option of this name
   * - `conflict`: several options exclude each other
   * - `insecure`: credentials would be sent where others can read them
   */
  readonly code: 'missing' | 'invalid' | 'unknown' | 'conflict' | 'insecure'
  /** The parameter, option or header; `credentials` if several options are concerned. */
  readonly name: string
  /** The environment variable that can provide the value, or did. */
  readonly env?: string | undefined
  /** A sentence for the caller of the client, with what to do. */
  readonly message: string
}

const brand = Symbol.for('@image-install-queue/client error')

/**
 * Base class of all errors of a call.
 *
 * Credentials of four characters or longer are redacted from all fields, `cause` and `stack`: as they are, as JSON writes
 * them, percent-encoded, and in the base64 form in which they are sent. Not redacted are `data`, your own request headers if
 * the server repeats them, the reason of a signal, and the error of a function for credentials.
 *
 * @example
 * ```ts
 * try {
 *   await client.queueImageInstall({ jobid: 1234, mirroring: true })
 * } catch (error) {
 *   if (!isCallError(error)) throw error
 *   if (error.outcome === 'unknown') console.error('check the job before you queue it again:', error.message)
 * }
 * ```
 */
export class CallError<Own extends object = object> extends Error {
  override readonly name: string = 'CallError'
  declare readonly code: CallErrorCode
  declare readonly outcome: Outcome
  /** The method that was called. */
  declare readonly operation: string

  constructor(message: string, fields: Own & { readonly operation: string; readonly cause?: unknown }) {
    const { cause, ...own } = fields
    super(`${fields.operation}: ${message}`, 'cause' in fields ? { cause } : undefined)
    Object.assign(this, own)
  }

  get [brand](): true {
    return true
  }

  /** All fields except `stack` and `cause`. */
  toJSON(): object {
    return { ...this, message: this.message }
  }
}

/**
 * Options, credentials or parameters are missing or wrong. Thrown before anything is sent, with all problems at once. Not
 * thrown for a response of the server, not even 401.
 */
export class ConfigurationError extends CallError<Pick<ConfigurationError, 'problems'>> {
  override readonly name = 'ConfigurationError'
  override readonly code = 'configuration'
  override readonly outcome = 'not-sent'
  /** At least one problem. */
  declare readonly problems: readonly ConfigurationProblem[]
}

/**
 * The request provably did not reach the server: the name did not resolve, the connection or its TLS handshake failed, the
 * port is blocked, `fetch` could not read its arguments, or the call ended before sending. A retry is safe. Not thrown if
 * the runtime does not report why a request failed.
 */
export class NotSentError extends CallError<Pick<NotSentError, 'code'>> {
  override readonly name = 'NotSentError'
  declare readonly code: 'not_sent' | 'timeout' | 'aborted'
  override readonly outcome = 'not-sent'
}

/**
 * The request may have been processed: no complete response in time, aborted after sending, connection lost, or a failure
 * that the runtime does not explain. Not thrown once an error status has arrived.
 *
 * Check on the server before you retry; the message names the method for that if the contract has one.
 */
export class UnknownOutcomeError extends CallError<Pick<UnknownOutcomeError, 'code'>> {
  override readonly name = 'UnknownOutcomeError'
  declare readonly code: 'timeout' | 'aborted' | 'connection_lost'
  override readonly outcome = 'unknown'
}

/**
 * The server returned a redirect, 4xx or 5xx. `outcome` is what the contract declares for the status, otherwise `unknown`
 * for 408 and 5xx, and `rejected` for the others. Redirects are not followed. Not thrown for a success status, except as
 * its subclass {@link ApiError}.
 */
export class HttpError extends CallError<ResponseFields & Pick<HttpError, 'outcome'>> implements ResponseFields {
  override readonly name: 'HttpError' | 'ApiError' = 'HttpError'
  override readonly code: 'http' | 'api' = 'http'
  declare readonly outcome: 'rejected' | 'unknown'
  declare readonly status: number
  declare readonly headers: Readonly<Record<string, string>>
  declare readonly body: string
  declare readonly retryAfterMs?: number
}

// The names of the additional fields come from the contract, and so do their types.
const WithApiFields = HttpError as new (...args: ConstructorParameters<typeof HttpError>) => HttpError & ApiErrorFields

/**
 * The API reports an error in a body that the contract marks as an error, whatever the status, including 200. Its fields
 * are those of the response and are not checked. Not thrown for an error status with another body, and not for a success
 * status if the body also has fields of a result: that is a {@link MalformedResponseError}.
 */
export class ApiError extends WithApiFields {
  override readonly name = 'ApiError'
  override readonly code = 'api'
}

/**
 * A success status, but the body is not a result: it is not JSON, is larger than 64 MiB, is not of the top-level type in the
 * contract, has no field of a result, or has an error flag next to such fields. The request may have been processed. Not
 * thrown for a result with missing or wrong fields, or with a wrong content type.
 */
export class MalformedResponseError extends CallError<ResponseFields> implements ResponseFields {
  override readonly name = 'MalformedResponseError'
  override readonly code = 'malformed_response'
  override readonly outcome = 'unknown'
  declare readonly status: number
  declare readonly headers: Readonly<Record<string, string>>
  declare readonly body: string
  declare readonly retryAfterMs?: number
}

/**
 * With `onContractViolation: 'throw'`: the request was accepted, but the response does not match the contract. `data` is
 * the response as received. Not thrown by default: violations are reported, and the response is returned.
 */
export class ContractViolationError extends CallError<Pick<ContractViolationError, 'data' | 'violations'>> {
  override readonly name = 'ContractViolationError'
  override readonly code = 'contract_violation'
  override readonly outcome = 'accepted'
  declare readonly data: unknown
  declare readonly violations: readonly Violation[]
}

/** All errors of a call; `code` discriminates them. */
export type AnyCallError =
  | ConfigurationError
  | NotSentError
  | UnknownOutcomeError
  | (HttpError & { readonly code: 'http' })
  | ApiError
  | MalformedResponseError
  | ContractViolationError

/**
 * Whether a thrown value is a {@link CallError}, including one from another realm or another copy of this package. Compare
 * `code` or `outcome` to narrow further.
 *
 * @example
 * ```ts
 * if (isCallError(error) && error.code === 'api') console.error(error.error_code)
 * ```
 */
export const isCallError = (error: unknown): error is AnyCallError =>
  typeof error === 'object' && error !== null && brand in error
