import type { ApiErrorFields } from './generated/operations.gen.ts'
import type { Violation } from './options.ts'

/** What kind of failure it was. The list is closed. */
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

/** What is known of the request: not sent, refused by the server, accepted by it, or it cannot be known. */
export type Outcome = 'not-sent' | 'rejected' | 'accepted' | 'unknown'

/** What is kept of an answer. */
export interface AnswerFields {
  /** HTTP status; 0 for a redirect whose status a browser hides. */
  readonly status: number
  /** Only harmless headers, with names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** At most 4 kB of the body as text; JSON is written anew. */
  readonly body: string
  /** How long the server asks to wait, in milliseconds, if it says so. */
  readonly retryAfterMs?: number
}

const brand = Symbol.for('@image-install-queue/client error')

/**
 * Base of everything that a call can fail with. No credential is in any of its fields, nor in `cause`, neither as it was
 * sent nor as JSON, HTML, a form or an address would spell it. What you supply yourself is handed on as it is: an
 * answer's `data`, a header of one call that the server repeats, a signal's reason, the failure of a function for
 * credentials.
 *
 * @example
 * ```ts
 * try {
 *   await client.queueImageInstall({ jobid: 1234, mirroring: true })
 * } catch (error) {
 *   if (!isCallError(error)) throw error
 *   if (error.outcome === 'unknown') console.error('look it up before calling again', error.message)
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

  /** All fields but `stack` and `cause`. */
  toJSON(): object {
    return { ...this, message: this.message }
  }
}

/**
 * Options, credentials or parameters are missing or wrong; the message names everything that is, a line each. Thrown
 * before anything is sent; never for what a server answers, not even 401.
 */
export class ConfigurationError extends CallError<Pick<ConfigurationError, 'problems'>> {
  override readonly name = 'ConfigurationError'
  override readonly code = 'configuration'
  override readonly outcome = 'not-sent'
  /** What is wrong, a sentence each; at least one. */
  declare readonly problems: readonly string[]
}

/**
 * The request provably did not reach the server: the name did not resolve, the connection or its TLS handshake failed,
 * the port is blocked, or the call ended before sending. Calling again is safe. Not thrown when the runtime does not say
 * why a request failed.
 */
export class NotSentError extends CallError<Pick<NotSentError, 'code'>> {
  override readonly name = 'NotSentError'
  declare readonly code: 'not_sent' | 'timeout' | 'aborted'
  override readonly outcome = 'not-sent'
}

/**
 * The request may or may not have been processed: no complete answer within the time, aborted after sending, connection
 * lost, or a failure the runtime does not explain. Not thrown once an error status has arrived.
 *
 * Find out on the server before calling again; the message names the method for that, where the contract has one.
 */
export class UnknownOutcomeError extends CallError<Pick<UnknownOutcomeError, 'code'>> {
  override readonly name = 'UnknownOutcomeError'
  declare readonly code: 'timeout' | 'aborted' | 'connection_lost'
  override readonly outcome = 'unknown'
}

/**
 * The server answered with a redirect, 4xx or 5xx. `outcome` is what the contract says of that status; where it says
 * nothing, `unknown` for 408 and 5xx and else `rejected`. Redirects are not followed. A success status gives only its subclass {@link ApiError}.
 */
export class HttpError extends CallError<AnswerFields & Pick<HttpError, 'outcome'>> implements AnswerFields {
  override readonly name: 'HttpError' | 'ApiError' = 'HttpError'
  override readonly code: 'http' | 'api' = 'http'
  declare readonly outcome: 'rejected' | 'unknown'
  declare readonly status: number
  declare readonly headers: Readonly<Record<string, string>>
  declare readonly body: string
  declare readonly retryAfterMs?: number
}

// The names of the additional fields are the contract's, so their types come from it.
const WithApiFields = HttpError as new (...args: ConstructorParameters<typeof HttpError>) => HttpError & ApiErrorFields

/**
 * The API says that it failed, in a body that the contract marks as an error, with whatever status: also with 200. Its
 * fields are as on the wire and not checked. Not thrown for an error status with any other body.
 */
export class ApiError extends WithApiFields {
  override readonly name = 'ApiError'
  override readonly code = 'api'
}

/**
 * A success status, but the body is not JSON, is too large or is not of the top-level type that the contract declares.
 * The request was probably processed, so `outcome` is `unknown`. Not thrown for JSON with a wrong content type.
 */
export class MalformedResponseError extends CallError<AnswerFields> implements AnswerFields {
  override readonly name = 'MalformedResponseError'
  override readonly code = 'malformed_response'
  override readonly outcome = 'unknown'
  declare readonly status: number
  declare readonly headers: Readonly<Record<string, string>>
  declare readonly body: string
  declare readonly retryAfterMs?: number
}

/**
 * With `onContractViolation: 'throw'`: the request was accepted, but the answer is not what the contract says. `data`
 * has it as it came. Not thrown by default, where deviations are only reported.
 */
export class ContractViolationError extends CallError<Pick<ContractViolationError, 'data' | 'violations'>> {
  override readonly name = 'ContractViolationError'
  override readonly code = 'contract_violation'
  override readonly outcome = 'accepted'
  declare readonly data: unknown
  declare readonly violations: readonly Violation[]
}

/** All that a call can fail with; `code` tells one from another. */
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
