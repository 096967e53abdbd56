import type { MockRequest } from './message.ts'
import { decoded } from './route.ts'

/** Replaces secrets in a string by `[redacted]`. */
export type Redact = (text: string) => string

const mark = '[redacted]'

/** Headers that carry credentials. */
const credentialHeaders: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization', 'cookie'])

/** Whether a query parameter, header or field of this name probably has a secret value. */
const isSecretName = (name: string): boolean =>
  /secret|passw|token|credential|signature|api[-_]?key|access[-_]?key|^key$|^auth/i.test(name)

/**
 * Redacts the credentials of a request wherever a string repeats them, also URL-encoded or JSON-escaped. Credentials of fewer
 * than 4 characters are not redacted: they would match ordinary words.
 */
export function createRedact(headers: MockRequest['headers']): Redact {
  const secrets = Object.entries(headers)
    .filter(([name]) => credentialHeaders.has(name))
    .flatMap(([name, value]) => {
      if (name === 'cookie') return [value, ...value.split(/; */).map((pair) => pair.replace(/^[^=]*=/, ''))]
      const [, pair = ''] = /^basic +(\S+)$/i.exec(value) ?? []
      // The name of the scheme is no secret.
      return [value.replace(/^\S+ +/, ''), ...Buffer.from(pair, 'base64').toString().split(/:(.*)/s)]
    })
    .filter((value) => value.length > 3)
    .flatMap((value) => [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)])
    // One may be a part of another.
    .sort((a, b) => b.length - a.length)
  return (text) => secrets.reduce((clean, value) => clean.replaceAll(value, mark), text)
}

/** A JSON value with the secrets redacted in its strings, numbers and names, and the values of secret-like names. */
export function redactValue(value: unknown, redact: Redact): unknown {
  if (Array.isArray(value)) return value.map((item) => redactValue(item, redact))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [redact(name), redactField(name, item, redact)]),
    )
  }
  const text = String(value)
  return redact(text) === text ? value : redact(text)
}

/** A named value, redacted if it is a string and its name suggests a secret. */
export function redactField(name: string, value: unknown, redact: Redact): unknown {
  return typeof value === 'string' && value !== '' && isSecretName(name) ? mark : redactValue(value, redact)
}

/** The headers of a request; those with credentials are replaced. */
export function redactHeaders(headers: MockRequest['headers'], redact: Redact): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]): [string, string] => [
    name,
    credentialHeaders.has(name) || isSecretName(name) ? mark : redact(value),
  ])
  return Object.fromEntries(entries)
}

/** A path and query; values of secret-like query parameters are replaced. */
export function redactTarget(target: string, redact: Redact): string {
  return redact(target).replace(/([?&])([^=&]*)=([^&]*)/g, (pair, start: string, name: string) =>
    isSecretName(decoded(name)) ? `${start}${name}=${mark}` : pair,
  )
}
