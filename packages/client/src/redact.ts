import { isRecord } from './values.ts'

/** Replaces secrets in a string, and the start of one that a truncated string ends with. */
export type Redact = (value: string) => string

const mark = '[redacted]'

/**
 * Redacts secrets as they are, as JSON writes them and percent-encoded. Callers add the base64 form in which a secret is
 * sent. Secrets of fewer than four characters are not redacted: they would match ordinary words.
 */
export function redactSecrets(value: string, secrets: readonly string[]): string {
  const forms = secrets
    .filter(({ length }) => length > 3)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
    .flatMap((form) => [form, form.replaceAll('/', '\\/'), form.replace(/%../g, (byte) => byte.toLowerCase())])
    // A secret may be part of another one: the longer form comes first.
    .sort((a, b) => b.length - a.length)
  const marked = forms.reduce((rest, form) => rest.replaceAll(form, mark), value)
  const cut = startAtEnd(marked, forms)
  return cut > 0 ? `${marked.slice(0, -cut)}${mark}` : marked
}

/** How many characters at the end of a string start a secret. Fewer than eight may be an ordinary word. */
function startAtEnd(value: string, secrets: readonly string[]): number {
  const longest = Math.max(0, ...secrets.map(({ length }) => length))
  for (let length = Math.min(value.length, longest); length > 7; length--) {
    const end = value.slice(-length)
    if (secrets.some((secret) => secret.length > length && secret.startsWith(end))) return length
  }
  return 0
}

/** A JSON value without secrets in its strings, numbers and names. */
export function redactDeep(value: unknown, redact: Redact): unknown {
  if (Array.isArray(value)) return value.map((item) => redactDeep(item, redact))
  if (isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [redact(name), redactDeep(item, redact)]))
  }
  const redacted = redact(String(value))
  return redacted === String(value) ? value : redacted
}

const safeNames = ['content-type', 'date', 'location', 'retry-after', 'www-authenticate', 'x-request-id']

/** The headers worth keeping, redacted. The target of a redirect loses its query and user. */
export const safeHeaders = (headers: Headers, redact: Redact): Record<string, string> =>
  Object.fromEntries(
    safeNames
      .filter((name) => headers.has(name))
      .map((name) => {
        const value = redact(`${headers.get(name)}`)
        return [name, name === 'location' ? value.replace(/[?#].*|(?<=\/\/)[^/]*@/g, '') : value]
      }),
  )
