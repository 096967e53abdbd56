import type { ApiErrorFields } from './generated/operations.gen.ts'

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

/**
 * What is known about the request: it was not sent, the server refused it, the server accepted it, or it cannot be known.
 */
export type Outcome = 'not-sent' | 'rejected' | 'accepted' | 'unknown'

/** What every error is made of. */
export interface CallErrorFields {
  readonly code: CallErrorCode
  readonly outcome: Outcome
  /** The method that was called. */
  readonly operation: string
  readonly cause?: unknown
}

/** What is kept of an answer. */
export interface AnswerFields {
  /** HTTP status; 0 for a redirect whose status a browser hides. */
  readonly status: number
  /** Only harmless headers, names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** At most 4 kB of the body as text. */
  readonly body: string
  /** How long the server asks to wait, in milliseconds, if it says so. */
  readonly retryAfterMs?: number
}

const brand = Symbol.for('@image-install-queue/client error')

/**
 * Base of everything a call can fail with. No credential is in any of its fields, nor in `cause`.
 *
 * @example
 * ```ts
 * try {
 *   await client.queueImageInstall({ jobid: 1234, mirroring: true })
 * } catch (error) {
 *   if (!isCallError(error)) throw error
 *   if (error.outcome === 'unknown') console.error('look the job up before queueing it again', error.message)
 * }
 * ```
 */
export class CallError extends Error implements CallErrorFields {
  override readonly name: string = 'CallError'
  readonly code: CallErrorCode
  readonly outcome: Outcome
  readonly operation: string

  constructor(message: string, { code, outcome, operation, cause }: CallErrorFields) {
    super(`${operation}: ${message}`, cause === undefined ? undefined : { cause })
    this.code = code
    this.outcome = outcome
    this.operation = operation
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
 * An option, a credential or a parameter is missing or wrong. Thrown before anything is sent; never for what a server
 * answers, not even 401.
 */
export class ConfigurationError extends CallError {
  override readonly name: string = 'ConfigurationError'
  declare readonly code: 'configuration'
  declare readonly outcome: 'not-sent'

  constructor(message: string, operation: string, cause?: unknown) {
    super(message, { code: 'configuration', outcome: 'not-sent', operation, cause })
  }
}

/**
 * The request provably did not reach the server: the name did not resolve, the connection or its TLS handshake failed,
 * the port is blocked, or the call ended before sending. Calling again is safe. Not thrown when the runtime does not say
 * why a request failed.
 */
export class NotSentError extends CallError {
  override readonly name: string = 'NotSentError'
  declare readonly code: 'not_sent' | 'timeout' | 'aborted'
  declare readonly outcome: 'not-sent'
}

/**
 * The request may or may not have been processed: no complete answer within the time, aborted after sending, connection
 * lost, or a failure the runtime does not explain. Not thrown once an error status has arrived.
 *
 * Find out on the server before calling again; the message says where it is documented.
 */
export class UnknownOutcomeError extends CallError {
  override readonly name: string = 'UnknownOutcomeError'
  declare readonly code: 'timeout' | 'aborted' | 'connection_lost'
  declare readonly outcome: 'unknown'
}

/**
 * The server answered with a redirect, 4xx or 5xx. `outcome` is `rejected`, but `unknown` for 408 and 5xx. Redirects are
 * not followed. Not thrown for a success status.
 */
export class HttpError extends CallError implements AnswerFields {
  override readonly name: string = 'HttpError'
  declare readonly code: 'http' | 'api'
  declare readonly outcome: 'rejected' | 'unknown'
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  declare readonly retryAfterMs?: number

  constructor(message: string, { status, headers, body, retryAfterMs, ...fields }: CallErrorFields & AnswerFields) {
    super(message, fields)
    this.status = status
    this.headers = headers
    this.body = body
    if (retryAfterMs !== undefined) this.retryAfterMs = retryAfterMs
  }
}

// The names of the fields are the contract's, so their types come from it and the constructor copies them unseen.
const WithApiFields = HttpError as new (
  message: string,
  fields: CallErrorFields & AnswerFields,
) => HttpError & ApiErrorFields

/**
 * The API says that it failed, in a body that the contract marks as an error, with whatever status: also with 200. Its
 * fields are as on the wire and not checked. Not thrown for an error status with any other body.
 */
export class ApiError extends WithApiFields {
  override readonly name: string = 'ApiError'
  declare readonly code: 'api'

  constructor(message: string, fields: CallErrorFields & AnswerFields, wire: Readonly<Record<string, unknown>>) {
    super(message, fields)
    Object.assign(this, wire)
  }
}

/**
 * A success status, but the body is not JSON, is too large or is not of the top-level type that the contract declares.
 * The request was probably processed, so `outcome` is `unknown`. Not thrown for JSON with a wrong content type.
 */
export class MalformedResponseError extends CallError implements AnswerFields {
  override readonly name: string = 'MalformedResponseError'
  declare readonly code: 'malformed_response'
  declare readonly outcome: 'unknown'
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string

  constructor(message: string, operation: string, { status, headers, body }: AnswerFields) {
    super(message, { code: 'malformed_response', outcome: 'unknown', operation })
    this.status = status
    this.headers = headers
    this.body = body
  }
}

/** One deviation from the contract. */
export interface Violation {
  /** JSON pointer to the value; empty for the whole body. */
  readonly path: string
  readonly message: string
}

/**
 * With `onContractViolation: 'throw'`: the request was accepted, but the answer is not what the contract says. `data`
 * has it as it came. Not thrown by default, where deviations are only reported.
 */
export class ContractViolationError extends CallError {
  override readonly name: string = 'ContractViolationError'
  declare readonly code: 'contract_violation'
  declare readonly outcome: 'accepted'
  readonly data: unknown
  readonly violations: readonly Violation[]

  constructor(operation: string, data: unknown, violations: readonly Violation[]) {
    const list = violations.map(({ path, message }) => `${path || 'the body'} ${message}`).join('; ')
    super(`accepted, but the answer is not as the contract says: ${list}`, {
      code: 'contract_violation',
      outcome: 'accepted',
      operation,
    })
    this.data = data
    this.violations = violations
  }
}

/** Whether something thrown is a {@link CallError}, also one of another realm or copy of this package. */
export const isCallError = (error: unknown): error is CallError =>
  typeof error === 'object' && error !== null && brand in error

const named = (error: unknown, ...names: string[]): boolean => isCallError(error) && names.includes(error.name)

/** Like {@link isCallError}, for {@link ConfigurationError}. */
export const isConfigurationError = (error: unknown): error is ConfigurationError => named(error, 'ConfigurationError')

/** Like {@link isCallError}, for {@link NotSentError}. */
export const isNotSentError = (error: unknown): error is NotSentError => named(error, 'NotSentError')

/** Like {@link isCallError}, for {@link UnknownOutcomeError}. */
export const isUnknownOutcomeError = (error: unknown): error is UnknownOutcomeError =>
  named(error, 'UnknownOutcomeError')

/** Like {@link isCallError}, for {@link HttpError}; an {@link ApiError} is one too. */
export const isHttpError = (error: unknown): error is HttpError => named(error, 'HttpError', 'ApiError')

/** Like {@link isCallError}, for {@link ApiError}. */
export const isApiError = (error: unknown): error is ApiError => named(error, 'ApiError')

/** Like {@link isCallError}, for {@link MalformedResponseError}. */
export const isMalformedResponseError = (error: unknown): error is MalformedResponseError =>
  named(error, 'MalformedResponseError')

/** Like {@link isCallError}, for {@link ContractViolationError}. */
export const isContractViolationError = (error: unknown): error is ContractViolationError =>
  named(error, 'ContractViolationError')
