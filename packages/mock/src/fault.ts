import { inspect } from 'node:util'
import { type MockOperation, operationNamed } from './contract.ts'
import { type MockResponse, problem, responseWith } from './message.ts'

/** A fault, parsed. */
export type ParsedFault = { readonly text: string } & (
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'reset' | 'truncate' | 'hang' }
  | { readonly kind: 'response'; readonly response: MockResponse }
)

export const knownFaults =
  'delay=MILLISECONDS, reset, truncate, html-502, hang, rate-limit, rate-limit; retry-after=SECONDS'

const page = '<!doctype html>\n<title>502 Bad Gateway</title>\n<h1>502 Bad Gateway</h1>\n'

/** Parses a fault; undefined if it is not known. */
export function parseFault(text: string): ParsedFault | undefined {
  const fault = text.trim()
  if (fault === 'reset' || fault === 'truncate' || fault === 'hang') return { text: fault, kind: fault }
  if (fault === 'html-502') {
    const response = responseWith(502, { 'content-type': 'text/html; charset=utf-8' }, page)
    return { text: fault, kind: 'response', response }
  }
  const [, ms] = /^delay=(\d{1,7})$/.exec(fault) ?? []
  if (ms !== undefined) return { text: fault, kind: 'delay', ms: Number(ms) }
  const [limited, seconds = '1'] = /^rate-limit(?:\s*;\s*retry-after=(\d{1,7}))?$/.exec(fault) ?? []
  if (limited === undefined) return undefined
  const response = problem('rate-limited', `Retry after ${seconds} s.`, {}, { 'retry-after': seconds })
  return { text: fault, kind: 'response', response }
}

/** A fault for the next requests. */
export interface InjectedFault {
  readonly fault: ParsedFault
  /** The operation whose requests fail; undefined for any. */
  readonly operation: MockOperation | undefined
  /** The number of requests that are still to fail. */
  times: number
}

/** The message about a value that is not a fault. */
export const notAFault = (value: unknown): string =>
  `${JSON.stringify(value)} is not a fault. Known faults: ${knownFaults}.`

/**
 * Injects a fault into the next requests.
 *
 * @throws {TypeError} if the operation is not known, or if `times` is not an integer of at least 1 or `Infinity`
 */
export function injectFault(faults: InjectedFault[], fault: ParsedFault, times: unknown, operationId: unknown): void {
  const isCount = typeof times === 'number' && (Number.isInteger(times) || times === Number.POSITIVE_INFINITY)
  if (!isCount || times < 1) {
    throw new TypeError(`\`times\` is ${inspect(times)}: it must be an integer of at least 1, or unlimited`)
  }
  const operation = operationId === undefined ? undefined : operationNamed(operationId)
  faults.push({ fault, operation, times })
}

/** Takes the next fault for an operation. */
export function takeFault(faults: InjectedFault[], operation: MockOperation): ParsedFault | undefined {
  const next = faults.find((each) => each.operation === undefined || each.operation === operation)
  if (next && --next.times < 1) faults.splice(faults.indexOf(next), 1)
  return next?.fault
}
