import type { OperationEntry } from './contract.ts'
import { Deadline } from './deadline.ts'
import { type CallError, HttpError, NotSentError, UnknownOutcomeError } from './errors.ts'

/**
 * Whether a request may be sent again after an error: always if it provably was not sent. A read-only request also after a
 * lost connection, a timeout, 408, 429 and 5xx.
 */
export function mayRetry({ isStateChanging }: OperationEntry, error: CallError): boolean {
  if (error instanceof NotSentError) return true
  if (isStateChanging) return false
  return error instanceof HttpError
    ? error.status === 408 || error.status === 429 || error.status >= 500
    : error instanceof UnknownOutcomeError
}

/** The deadline of one attempt: that of the call, or two thirds of the time left if the attempt may be repeated. */
export function attemptDeadline(call: Deadline, { isStateChanging }: OperationEntry, retriesLeft: number): Deadline {
  if (isStateChanging || retriesLeft === 0) return call
  return new Deadline(Math.max(1, (call.left() * 2) / 3), call.signal, call)
}

/**
 * Milliseconds to wait before the next attempt: as `Retry-After` requires, otherwise a random time. Its limit is 0.5 s and
 * doubles with each attempt, up to 8 s.
 */
export const retryDelay = (error: CallError & { readonly retryAfterMs?: number }, attempt: number): number =>
  error.retryAfterMs ?? Math.random() * Math.min(8_000, 500 * 2 ** attempt)
