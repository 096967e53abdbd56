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
  const body = readBody(headers, withoutSecrets(plain.toString(), asked))
  if (body.malformed) return [body.malformed]
  const found = findingsInResponse(prism, { statusCode: status, headers, body: body.value })
  const isOtherType = found.some(({ path }) => path.length === 0)
  const relevant = found.filter(
    ({ path: [start] }) => start === 'header' || (comesWithBody && !(isOtherType && start === 'body')),
  )
  return listed(relevant, ({ path: [start, ...rest], message }) => {
    if (start === 'body') return inBody(rest, message, body.value)
    if (start !== 'header')
      return { where: 'header content-type', came: type ?? 'nothing', allowed: offered.join(', ') }
    const name = parameterName(rest, message)
    // Unlike the rest, a header may hold what nobody should read.
    const came = headers[name.toLowerCase()] === undefined ? {} : { came: 'a wrong value' }
    return { where: `header ${name}`, ...came, allowed: allowedBy(message) }
  })
}

/** A host may repeat in its answer what it was asked with; a report or a log must not. */
function withoutSecrets(text: string, asked: Incoming['headers']): string {
  return (
    Object.entries(asked)
      .filter(([name]) => secret.has(name))
      // The name of the scheme is no secret.
      .map(([, value]) => value.replace(/^\S+ +/, ''))
      .filter((value) => value.length > 3)
      .reduce((clean, value) => clean.replaceAll(value, '[redacted]'), text)
  )
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
