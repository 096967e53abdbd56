import { Marked } from 'marked'

const marked = new Marked()

const framing = 'connection date keep-alive te trailer transfer-encoding upgrade via'
const ofTheClient = 'accept authorization cookie expect host origin prefer referer user-agent'
const isFree = (names: string, groups: RegExp) => (name: string) =>
  /^[A-Za-z0-9-]+$/.test(name) && !groups.test(name) && !names.split(' ').includes(name.toLowerCase())

/** What a text of the contract must be, by the name that the profile gives it as `format`. */
export const formats = {
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
  'request-header': isFree(`${framing} ${ofTheClient}`, /^(accept|access-control|content|proxy|sec)-/i),
  'response-header': isFree(`${framing} set-cookie`, /^(access-control|content|mock|proxy)-/i),
}
