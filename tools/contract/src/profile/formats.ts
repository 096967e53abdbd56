import { Marked } from 'marked'

const marked = new Marked()

const framing = 'connection date keep-alive te trailer transfer-encoding upgrade via'
const ofTheClient = 'accept authorization cookie expect host origin prefer referer user-agent'
/** What every object has says nothing of the one that is asked. */
const own = (name: string): boolean => !(name in {})
const isFree = (taken: string, groups: RegExp) => (name: string) => {
  const lower = name.toLowerCase()
  return /^[a-z0-9-]+$/.test(lower) && own(lower) && !groups.test(lower) && !taken.split(' ').includes(lower)
}

/** Opens a block of code, and nothing after it closes that: whatever text came next would be code too. */
const openFence = /^ {0,3}((`|~)\2{2,})(?!\2)(?![\s\S]*\n *\1\2*\s*$)/

/**
 * CommonMark without some of its tokens: pages, Redoc and editors differ in what they make of tags, and pages ask nobody
 * for an image. A terminal obeys control characters, and it shows some of these texts.
 */
function isMarkdown(text: string, foreign: string): boolean {
  let isForeign = /[^\P{Cc}\t\n\r]|\p{Zl}|\p{Zp}/u.test(text)
  void marked.walkTokens(marked.lexer(text), ({ type, raw }) => {
    isForeign ||= foreign.split(' ').includes(type) || (type === 'code' && openFence.test(raw))
  })
  return !isForeign
}

/** What a text of the contract must be, by the name that the profile gives it as `format`. */
export const formats = {
  own,
  /** No half of a pair, which UTF-8 cannot hold, and no sign that shows text in another order than it is read in. */
  signs: (text: string) => !/\p{Surrogate}|\p{Bidi_Control}/u.test(text),
  /** Of a text that stands by itself. */
  markdown: (text: string) => isMarkdown(text, 'html image def'),
  /** Of a text that stands under a heading of the page, joined with others. */
  paragraphs: (text: string) => isMarkdown(text, 'html image def heading'),
  expression(text: string): boolean {
    try {
      return new RegExp(text, 'u') instanceof RegExp
    } catch {
      return false
    }
  },
  /** A server as a base URL that nothing has to be cut from. */
  origin: (url: string) => /^https?:\/\/[\w.:[\]-]+$/.test(url) && URL.canParse(url) && new URL(url).origin === url,
  'request-header': isFree(`${framing} ${ofTheClient}`, /^(accept|access-control|content|mock|proxy|sec)-/),
  'response-header': isFree(`${framing} set-cookie`, /^(access-control|content|mock|proxy)-/),
}
