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
