import { attempt, isRecord } from './values.ts'

/** Takes secrets out of a text, and the start of one that a cut text ends with. */
export type Scrub = (text: string) => string

/**
 * Finds secrets as they are and as JSON spells them. A text that has one behind other escapes of JSON, HTML or addresses is
 * withheld as a whole. Those shorter than four characters would hit ordinary words, and protect nothing.
 */
export function scrubber(secrets: readonly string[]): Scrub {
  const known = secrets.filter(({ length }) => length > 3)
  const forms = known
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)])
    .flatMap((form) => [form, form.replaceAll('/', '\\/')])
    // One secret may be a part of another.
    .sort((a, b) => b.length - a.length)
  const bare = known.map(withoutEscapes).filter(({ length }) => length > 3)
  return (text) => {
    // An error may be a list of a million numbers.
    if (text.length < 4) return text
    const marked = forms.reduce((rest, form) => rest.replaceAll(form, '[redacted]'), text)
    const rest = startAtEnd(marked, forms)
    const clean = rest > 0 ? `${marked.slice(0, -rest)}[redacted]` : marked
    const seen = withoutEscapes(clean)
    return bare.some((secret) => seen.includes(secret)) || startAtEnd(seen, bare) > 0 ? '[redacted]' : clean
  }
}

/** How many letters at the end of a text start one of the secrets, beyond the few that any word may have. */
function startAtEnd(text: string, secrets: readonly string[]): number {
  const longest = Math.max(0, ...secrets.map(({ length }) => length))
  for (let length = Math.min(text.length, longest); length > 7; length--) {
    const end = text.slice(-length)
    if (secrets.some((secret) => secret.length > length && secret.startsWith(end))) return length
  }
  return 0
}

const utf8 = new TextDecoder()
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** What a text says once its escapes are undone, up to five inside one another and the cut one at its end. */
function withoutEscapes(text: string): string {
  let seen = text
  for (let round = 0; round < 5 && /[\\&%+_\ufffd-]/.test(seen); round++) {
    seen = seen
      .replace(/(\\u?[\da-f]{0,3}|&#?\w{0,7}|%[\da-f]?|\ufffd)$/i, '')
      .replace(/\\u([\da-f]{4})|&#x([\da-f]{1,6});/gi, (_, unit, hex) => letter(Number.parseInt(unit ?? hex, 16)))
      .replace(/&#(\d{1,7});/g, (_, code) => letter(Number(code)))
      .replace(/&(\w{2,4});/g, (entity, name) => entities[name] ?? entity)
      .replace(/(%[\da-f]{2})+/gi, (run) =>
        utf8.decode(Uint8Array.from(run.match(/\w+/g) ?? [], (byte) => Number.parseInt(byte, 16))),
      )
      .replace(/\\+/g, '')
      // Base64 and forms have these in two ways.
      .replace(/[+-]/g, ' ')
      .replaceAll('_', '/')
  }
  return seen
}

const letter = (code: number): string => attempt(() => String.fromCodePoint(code)) ?? ''

/** A JSON value without secrets in its texts, numbers and names. */
export function scrubbed(value: unknown, scrub: Scrub): unknown {
  if (Array.isArray(value)) return value.map((item) => scrubbed(item, scrub))
  if (isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [scrub(name), scrubbed(item, scrub)]))
  }
  const clean = scrub(String(value))
  return clean === String(value) ? value : clean
}

const safeNames = ['content-type', 'date', 'location', 'retry-after', 'www-authenticate', 'x-request-id']

/** The headers that are worth keeping and cannot hold a secret; of a redirect's target neither query nor user. */
export const safeHeaders = (headers: Headers, scrub: Scrub): Record<string, string> =>
  Object.fromEntries(
    safeNames
      .filter((name) => headers.has(name))
      .map((name) => {
        const value = scrub(`${headers.get(name)}`)
        return [name, name === 'location' ? value.replace(/[?#].*|(?<=\/\/)[^/]*@/g, '') : value]
      }),
  )
