import { secret } from '../journal.ts'
import type { Incoming } from '../message.ts'

export type Scrub = (text: string) => string

/** A host may repeat in its answer what it was asked with; a report or a log must not. */
export function scrubber(asked: Incoming['headers']): Scrub {
  const secrets = Object.entries(asked)
    .filter(([name]) => secret.has(name))
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
  return (text) => secrets.reduce((clean, value) => clean.replaceAll(value, '[redacted]'), text)
}

/** A value with the secrets taken out of its texts, numbers and names. */
export function scrubbed(value: unknown, scrub: Scrub): unknown {
  if (Array.isArray(value)) return value.map((item) => scrubbed(item, scrub))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [scrub(name), scrubbed(item, scrub)]))
  }
  const text = String(value)
  return scrub(text) === text ? value : scrub(text)
}
