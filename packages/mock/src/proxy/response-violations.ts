import * as zlib from 'node:zlib'
import { hasBody, type MockOperation, responseKey } from '../contract.ts'
import { bodyLimit, errorMessage, isBodiless } from '../message.ts'
import { diagnoseResponse } from '../prism.ts'
import type { Redact } from '../redact.ts'
import { parseBody } from '../validate.ts'
import { expectedBy, type Finding, inBody, parameterName } from '../violation.ts'
import type { Forwarded } from './forward.ts'

/** Validates a response against the contract. */
export function findResponseViolations(
  operation: MockOperation,
  method: string,
  response: Forwarded,
  redact: Redact,
): Finding[] {
  try {
    return find(operation, method, response, redact)
  } catch (error) {
    return [{ location: 'response', received: errorMessage(error), expected: 'a response that can be validated' }]
  }
}

const json = 'application/json'

function find(operation: MockOperation, method: string, response: Forwarded, redact: Redact): Finding[] {
  const { prism, statuses } = operation
  const { status } = response
  if (!responseKey(status, operation))
    return [{ location: 'status', received: `${status}`, expected: statuses.join(', ') }]
  const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]))
  // Prism fails on a semicolon at the end.
  const type = headers['content-type']?.replace(/;\s*$/, '')
  if (type !== undefined) headers['content-type'] = type
  const isBodyExpected = hasBody(status, operation) && method !== 'HEAD' && !isBodiless(status)
  if (isBodyExpected && response.body.length === 0) return [{ location: 'body', expected: json }]
  const plain = decoded(response.body, headers['content-encoding'])
  if ('location' in plain) return [plain]
  const text = plain.toString()
  const body = parseBody(headers, text)
  // The parser's reason quotes a part of the body, which may be a part of a secret.
  if (body.malformed) return [parseBody(headers, redact(text)).malformed ?? { location: 'body', expected: 'JSON' }]
  const found = diagnoseResponse(prism, { statusCode: status, headers, body: body.value })
  const isOtherType = found.some(({ path }) => path.length === 0)
  const relevant = found.filter(
    ({ path: [start] }) => start === 'header' || (isBodyExpected && !(isOtherType && start === 'body')),
  )
  const findings = relevant.map(({ path: [start, ...rest], message }): Finding => {
    if (start === 'body') return inBody(rest, message, body.value)
    if (start !== 'header') return { location: 'header content-type', received: type ?? 'nothing', expected: json }
    const name = parameterName(rest, message)
    // A header may be a secret.
    const received = headers[name.toLowerCase()] === undefined ? {} : { received: 'an invalid value' }
    return { location: `header ${name}`, ...received, expected: expectedBy(message) }
  })
  const expected = 'an integer that JavaScript represents exactly (it rounded this one)'
  return [...findings, ...roundedIntegers(body.value).map((path) => ({ ...inBody(path, '', body.value), expected }))]
}

/** JSON has no limit for integers, but JavaScript rounds those beyond its own limit. */
function roundedIntegers(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, item]) => roundedIntegers(item, [...path, name]))
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? [path] : []
}

const decoders: Readonly<Record<string, (body: Buffer, options: zlib.BrotliOptions) => Buffer>> = {
  gzip: zlib.gunzipSync,
  'x-gzip': zlib.gunzipSync,
  br: zlib.brotliDecompressSync,
  // Some servers omit the zlib header.
  deflate: (body, options) => ((body[0] ?? 0) % 16 === 8 ? zlib.inflateSync : zlib.inflateRawSync)(body, options),
  zstd: zlib.zstdDecompressSync,
}

/** The proxy requests an uncompressed body, but some servers compress anyway. */
function decoded(body: Buffer, encoding = ''): Buffer | Finding {
  const name = encoding.toLowerCase()
  if (body.length === 0 || name === '' || name === 'identity') return body
  const decode = decoders[name]
  if (!decode) {
    const expected = ['identity', ...Object.keys(decoders)].join(', ')
    return { location: 'header content-encoding', received: encoding, expected }
  }
  try {
    return decode(body, { maxOutputLength: bodyLimit })
  } catch (error) {
    return { location: 'body', received: `a body that cannot be decoded (${errorMessage(error)})`, expected: name }
  }
}
