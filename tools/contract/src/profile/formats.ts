import { Marked } from 'marked'

const marked = new Marked()

const framing = 'connection date keep-alive te trailer transfer-encoding upgrade via'
const ofTheClient = 'accept authorization cookie expect host origin prefer referer user-agent'

/** Generated code looks names up in objects, which inherit these. */
const own = (name: string): boolean => !(name in {})

const isFree = (taken: string, groups: RegExp) => (name: string) => {
  const lower = name.toLowerCase()
  return /^[a-z0-9-]+$/.test(lower) && own(lower) && !groups.test(lower) && !taken.split(' ').includes(lower)
}

/** Text like `<jobid>` outside of backticks is HTML, and disappears from the pages. */
function hasNoHtml(text: string): boolean {
  let hasHtml = false
  void marked.walkTokens(marked.lexer(text), ({ type }) => {
    hasHtml ||= type === 'html'
  })
  return !hasHtml
}

function isExpression(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp
  } catch {
    return false
  }
}

/** The values of `format` in profile.yaml that JSON Schema does not have. */
export const formats = {
  own,
  markdown: hasNoHtml,
  expression: isExpression,
  /** A base URL without a path, and without a slash at its end. */
  origin: (url: string) => /^https?:\/\/[\w.:[\]-]+$/.test(url) && URL.canParse(url) && new URL(url).origin === url,
  'request-header': isFree(`${framing} ${ofTheClient}`, /^(accept|access-control|content|mock|proxy|sec)-/),
  'response-header': isFree(`${framing} set-cookie`, /^(access-control|content|mock|proxy)-/),
}
