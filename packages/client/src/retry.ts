import type { OperationEntry } from './contract.ts'
import { type Deadline, startDeadline } from './deadline.ts'
import { type CallError, HttpError, NotSentError, UnknownOutcomeError } from './errors.ts'

/**
 * Whether a failure allows to send again: always, if the request provably was not sent. An operation that changes nothing
 * is also sent again after a lost connection, a timeout, 408, 429 and 5xx.
 */
export function mayRepeat({ isStateChanging }: OperationEntry, error: CallError): boolean {
  if (error instanceof NotSentError) return true
  if (isStateChanging) return false
  return error instanceof HttpError
    ? error.status === 408 || error.status === 429 || error.status >= 500
    : error instanceof UnknownOutcomeError
}

/** The deadline of one attempt: the whole, or of what may be repeated an equal share of what is left. */
export function shareOf(whole: Deadline, { isStateChanging }: OperationEntry, retriesLeft: number): Deadline {
  if (isStateChanging) return whole
  const share = startDeadline(Math.max(1, whole.left() / (retriesLeft + 1)), whole.signal)
  return { ...share, ended: () => whole.ended() ?? share.ended() }
}

/** What to wait before the next attempt, in milliseconds: what the server asks for, else a random part of 0.5 to 8 s. */
export const retryDelay = (error: CallError & { readonly retryAfterMs?: number }, attempt: number): number =>
  error.retryAfterMs ?? Math.random() * Math.min(8_000, 500 * 2 ** attempt)

/** `Retry-After`, seconds or a date, in milliseconds from now. */
export function retryAfter(headers: Headers): { retryAfterMs?: number } {
  const text = headers.get('retry-after') ?? ''
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : / GMT$/.test(text) ? Date.parse(text) - Date.now() : Number.NaN
  return Number.isFinite(ms) ? { retryAfterMs: Math.max(0, ms) } : {}
}
