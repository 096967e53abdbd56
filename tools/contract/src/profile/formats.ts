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

/** What a text of the contract must be, by the name that the profile gives it as `format`. */
export const formats = {
  own,
  /**
   * CommonMark without raw HTML: pages, Redoc and editors differ in what they make of tags. A terminal obeys control
   * characters, and it shows some of these texts.
   */
  markdown(text: string): boolean {
    let isForeign = /[^\P{Cc}\t\n\r]/u.test(text)
    if (!text.includes('<')) return !isForeign
    void marked.walkTokens(marked.lexer(text), ({ type }) => {
      isForeign ||= type === 'html'
    })
    return !isForeign
  },
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
