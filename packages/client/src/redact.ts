import { isRecord } from './values.ts'

/** Takes secrets out of a text, and of one that broke off also the start of a secret at its end. */
export type Scrub = (text: string, brokeOff?: boolean) => string

/**
 * Finds secrets as they are and as addresses, forms, JSON and HTML spell them. Those shorter than four characters would hit
 * ordinary words, and protect nothing.
 */
export function scrubber(secrets: readonly string[]): Scrub {
  const forms = secrets.filter(({ length }) => length > 3).flatMap(spellings)
  if (forms.length === 0) return (text) => text
  const literals = forms
    // One secret may be a part of another.
    .sort((a, b) => b.length - a.length)
    .map((form) => form.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  const pattern = new RegExp(literals.join('|'), 'g')
  return (text, brokeOff) => {
    const clean = text.replace(pattern, '[redacted]')
    const rest = brokeOff ? longestStartAtEnd(clean, forms) : 0
    return rest > 0 ? `${clean.slice(0, -rest)}[redacted]` : clean
  }
}

/** How many letters at the end of a text start one of the forms, beyond the few that any word may have. */
function longestStartAtEnd(text: string, forms: readonly string[]): number {
  const starts = forms.flatMap((form) => Array.from({ length: form.length }, (_, i) => form.slice(0, i)))
  return Math.max(0, ...starts.filter((start) => start.length > 7 && text.endsWith(start)).map(({ length }) => length))
}

function spellings(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1)
  const addresses = [encodeURIComponent(secret), String(new URLSearchParams({ '': secret })).slice(1)]
  return [
    secret,
    // In an address, base64 has other letters.
    secret.replaceAll('+', '-').replaceAll('/', '_'),
    json,
    json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    secret.replace(/[&<>"']/g, (letter) => `&${entities[letter]};`),
    ...addresses,
    ...addresses.map((text) => text.replace(/%../g, (byte) => byte.toLowerCase())),
  ].flatMap((form) => [form, form.replaceAll('/', '\\/')])
}

const entities: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' }

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
