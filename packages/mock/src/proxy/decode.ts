import * as zlib from 'node:zlib'
import { bodyLimit, reasonOf } from '../message.ts'
import type { Violation } from '../violation.ts'

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
export function decoded(body: Buffer, coding = ''): Buffer | Violation {
  const name = coding.trim().toLowerCase()
  if (body.length === 0 || name === '' || name === 'identity') return body
  const decode = codings[name]
  if (!decode) {
    const known = Object.keys(codings).filter((each) => codings[each])
    return { location: 'header content-encoding', received: coding, expected: `identity, ${known.join(', ')}` }
  }
  try {
    return decode(body, { maxOutputLength: bodyLimit })
  } catch (error) {
    return { location: 'body', received: `what cannot be decoded (${reasonOf(error)})`, expected: name }
  }
}
