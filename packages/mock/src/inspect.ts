import type { Incoming } from './message.ts'
import type { PrismRequest } from './prism.ts'
import type { Match } from './route.ts'
import type { Target } from './target.ts'
import type { Values } from './values.ts'
import type { Violations } from './violation.ts'
import { findViolations, type ReadBody, readBody } from './violations.ts'

/** A request held against the contract. */
export interface Inspected {
  readonly request: PrismRequest
  readonly values: Values
  readonly found: Violations
  /** The body is compressed, and was not read. */
  readonly isCompressed: boolean
}

/** Holds a request against the contract. */
export function inspect({ operation, pathValues }: Match, incoming: Incoming, { path, query }: Target): Inspected {
  const { headers, body: bytes } = incoming
  const coding = bytes && headers['content-encoding']
  const isCompressed = coding !== undefined && !/^identity$/i.test(coding)
  const body: ReadBody = isCompressed
    ? { value: undefined, malformed: { location: 'body', received: `${coding}, unread`, expected: 'no compression' } }
    : bodyOf(operation.prism.request.body !== undefined, headers, bytes)
  const values: Values = { path: pathValues, query, header: headers }
  const request = {
    method: operation.method,
    // Prism would take a value with a comma apart.
    url: { path: path.replaceAll(',', '%2C'), query },
    // Prism takes a body without a length for none when it looks at the media type.
    headers: bytes ? { ...headers, 'content-length': `${bytes.length}` } : headers,
    body: body.value,
  }
  return { request, values, found: findViolations(operation, request, values, body), isCompressed }
}

/** Where the contract has no body, what came is not looked into: that it came is what is wrong. */
function bodyOf(isExpected: boolean, headers: Incoming['headers'], bytes: Buffer | undefined): ReadBody {
  const text = bytes?.toString() ?? ''
  return isExpected ? readBody(headers, text) : { value: text || undefined }
}
