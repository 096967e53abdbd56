import * as zlib from 'node:zlib'
import { type Operation, responseKey, typesOffered } from './contract.ts'
import type { Forwarded } from './forward.ts'
import { bodyLimit, type Incoming, isBodiless } from './message.ts'
import { findingsInResponse } from './prism.ts'
import { reasonOf } from './reason.ts'
import { secret } from './recorded.ts'
import { allowedBy, inBody, listed, parameterName, readBody, type Violation } from './violations.ts'

/** Everything in which an answer breaks the contract. */
export function findAnswerViolations(operation: Operation, incoming: Incoming, answer: Forwarded): Violation[] {
  try {
    return find(operation, incoming, answer)
  } catch (error) {
    return [{ where: 'answer', came: reasonOf(error), allowed: 'what can be checked' }]
  }
}

function find(operation: Operation, { method, headers: asked }: Incoming, answer: Forwarded): Violation[] {
  const { prism, statuses } = operation
  const { status } = answer
  if (!responseKey(status, operation)) return [{ where: 'status', came: String(status), allowed: statuses.join(', ') }]
  const headers = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]))
  // Prism stumbles over a semicolon that nothing follows.
  const type = headers['content-type']?.replace(/;\s*$/, '')
  if (type !== undefined) headers['content-type'] = type
  const offered = typesOffered(status, operation)
  const comesWithBody = offered.length > 0 && method !== 'HEAD' && !isBodiless(status)
  if (comesWithBody && answer.body.length === 0) return [{ where: 'body', allowed: offered.join(', ') }]
  const plain = decoded(answer.body, headers['content-encoding'])
  if ('where' in plain) return [plain]
  const scrub = scrubber(asked)
  const text = plain.toString()
  const body = readBody(headers, text)
  // The reason quotes the text.
  if (body.malformed) return [readBody(headers, scrub(text)).malformed ?? { where: 'body', allowed: 'JSON' }]
  const found = findingsInResponse(prism, { statusCode: status, headers, body: body.value })
  const isOtherType = found.some(({ path }) => path.length === 0)
  const relevant = found.filter(
    ({ path: [start] }) => start === 'header' || (comesWithBody && !(isOtherType && start === 'body')),
  )
  if (relevant.length === 0) return []
  const shown = scrubbed(body.value, scrub)
  return listed(relevant, ({ path: [start, ...rest], message }) => {
    if (start === 'body') return inBody(rest.map(scrub), scrub(message), shown)
    if (start !== 'header')
      return { where: 'header content-type', came: scrub(type ?? 'nothing'), allowed: offered.join(', ') }
    const name = parameterName(rest, message)
    // Unlike the rest, a header may hold what nobody should read.
    const came = headers[name.toLowerCase()] === undefined ? {} : { came: 'a wrong value' }
    return { where: `header ${name}`, ...came, allowed: allowedBy(message) }
  })
}

type Scrub = (text: string) => string

/** A host may repeat in its answer what it was asked with; a report or a log must not. */
function scrubber(asked: Incoming['headers']): Scrub {
  const secrets = Object.entries(asked)
    .filter(([name]) => secret.has(name))
    .flatMap(([, value]) => {
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
function scrubbed(value: unknown, scrub: Scrub): unknown {
  if (Array.isArray(value)) return value.map((item) => scrubbed(item, scrub))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [scrub(name), scrubbed(item, scrub)]))
  }
  const text = String(value)
  return scrub(text) === text ? value : scrub(text)
}

type Decode = (body: Buffer, options: { maxOutputLength: number }) => Buffer

const codings: Readonly<Record<string, Decode | undefined>> = {
  gzip: zlib.gunzipSync,
  'x-gzip': zlib.gunzipSync,
  br: zlib.brotliDecompressSync,
  // Not every server sends the header that belongs to it.
  deflate: (body, options) => ((body[0] ?? 0) % 16 === 8 ? zlib.inflateSync : zlib.inflateRawSync)(body, options),
  // Not in every Node 22.
  zstd: zlib.zstdDecompressSync,
}

/** Only the plain form is asked for, but not every server listens. */
function decoded(body: Buffer, coding = ''): Buffer | Violation {
  const name = coding.trim().toLowerCase()
  if (body.length === 0 || name === '' || name === 'identity') return body
  const decode = codings[name]
  if (!decode) {
    const known = Object.keys(codings).filter((each) => codings[each])
    return { where: 'header content-encoding', came: coding, allowed: `identity, ${known.join(', ')}` }
  }
  try {
    return decode(body, { maxOutputLength: bodyLimit })
  } catch (error) {
    return { where: 'body', came: `what cannot be decoded (${reasonOf(error)})`, allowed: name }
  }
}
