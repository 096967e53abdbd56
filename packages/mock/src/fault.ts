import { type Reply, replyWith } from './message.ts'
import { problem } from './problem.ts'

/** A fault, read. */
export type ReadFault = { readonly text: string } & (
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'reset' | 'truncate' | 'hang' }
  | { readonly kind: 'reply'; readonly reply: Reply }
)

export const knownFaults =
  'delay=MILLISECONDS, reset, truncate, html-502, hang, rate-limit, rate-limit; retry-after=SECONDS'

const page = '<!doctype html>\n<title>502 Bad Gateway</title>\n<h1>502 Bad Gateway</h1>\n'

/** Reads a fault; undefined when it is none. */
export function readFault(text: string): ReadFault | undefined {
  const fault = text.trim()
  if (fault === 'reset' || fault === 'truncate' || fault === 'hang') return { text: fault, kind: fault }
  if (fault === 'html-502') {
    const reply = replyWith(502, { 'content-type': 'text/html; charset=utf-8' }, page)
    return { text: fault, kind: 'reply', reply }
  }
  const [, ms] = /^delay=(\d{1,7})$/.exec(fault) ?? []
  if (ms !== undefined) return { text: fault, kind: 'delay', ms: Number(ms) }
  const [limited, seconds = '1'] = /^rate-limit(?:\s*;\s*retry-after=(\d{1,7}))?$/.exec(fault) ?? []
  if (limited === undefined) return undefined
  const reply = problem('rate-limited', `Ask again in ${seconds} s.`, {}, { 'retry-after': seconds })
  return { text: fault, kind: 'reply', reply }
}
