import { type Deadline, startDeadline } from './deadline.ts'
import { type CallError, HttpError, UnknownOutcomeError } from './errors.ts'

/** When an operation is sent again. That a request provably was not sent always allows it. */
export interface Policy {
  readonly stateChanging: boolean
  repeats(error: CallError): boolean
  /** The deadline of one attempt. */
  share(whole: Deadline, retriesLeft: number): Deadline
}

/** For an operation that changes state: no answer and no lost connection allows to send it again. */
export const once: Policy = { stateChanging: true, repeats: () => false, share: (whole) => whole }

/** For an operation that only reads: also after a lost connection, a timeout, 408, 429 and 5xx. */
export const readOnly: Policy = {
  stateChanging: false,
  repeats: (error) =>
    error instanceof HttpError
      ? error.status === 408 || error.status === 429 || error.status >= 500
      : error instanceof UnknownOutcomeError,
  share: (whole, retriesLeft) => startDeadline(Math.max(1, whole.left() / (retriesLeft + 1)), whole.signal),
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
