import { Marked } from 'marked'

const marked = new Marked()

const framing = 'connection date keep-alive te trailer transfer-encoding upgrade via'
const ofTheClient = 'accept authorization cookie expect host origin prefer referer user-agent'
/** What every object has, what JSON and promises look for, and what the client has itself. */
const ofObjects = [...Object.getOwnPropertyNames(Object.prototype), 'http', 'then', 'toJSON']
/** What the client exports itself, and what TypeScript has and generated code uses. */
const ofTypes = [
  'AnswerFields AnyCallError ApiError Call CallError CallErrorCode CallOptions Client ClientOptions ConfigurationError',
  'ContractViolationError Http HttpError Logger MalformedResponseError NotSentError Operations Outcome Settings',
  'UnknownOutcomeError Validate Violation Array Error Exclude Omit Parameters Partial Pick Promise Readonly Record',
]
  .join(' ')
  .split(' ')

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
  method: (name: string) => /^[a-z][A-Za-z0-9]*$/.test(name) && !ofObjects.includes(name),
  /** A name that the types and aliases of the client leave free. */
  type: (name: string) =>
    /^[A-Z][A-Za-z0-9]*$/.test(name) && !/(Parameters|Result)$/.test(name) && !ofTypes.includes(name),
  'request-header': isFree(`${framing} ${ofTheClient}`, /^(accept|access-control|content|proxy|sec)-/i),
  'response-header': isFree(`${framing} set-cookie`, /^(access-control|content|mock|proxy)-/i),
}
