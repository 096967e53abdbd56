import type { Operation } from './contract.ts'
import { type CallError, HttpError, isNotSentError, isUnknownOutcomeError } from './errors.ts'

/**
 * How long to wait before the next attempt, in milliseconds; `undefined` when there is none. A state-changing operation is
 * sent again only if it was provably not sent; any other also after a lost connection, a timeout, 408, 429 and 5xx.
 */
export function retryDelay(error: CallError, operation: Operation, attempt: number, left: number): number | undefined {
  if (!isNotSentError(error) && (operation.stateChanging || !isPassing(error))) return undefined
  const asked = error instanceof HttpError ? error.retryAfterMs : undefined
  const wait = asked ?? Math.random() * Math.min(8_000, 500 * 2 ** attempt)
  return wait < left ? wait : undefined
}

const isPassing = (error: CallError): boolean =>
  error instanceof HttpError
    ? error.status === 408 || error.status === 429 || error.status >= 500
    : isUnknownOutcomeError(error)

/** `Retry-After`, seconds or a date, in milliseconds from now. */
export function retryAfter(value: string | null): number | undefined {
  const text = value?.trim() ?? ''
  if (/^\d+$/.test(text)) return Number(text) * 1_000
  if (!/^[A-Z][a-z]+, .* GMT$/.test(text)) return undefined
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now())
}
