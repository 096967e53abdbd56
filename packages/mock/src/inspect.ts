import type { Incoming, Reply } from './message.ts'
import type { PrismRequest } from './prism.ts'
import { problem } from './problem.ts'
import type { Match } from './route.ts'
import type { Target } from './target.ts'
import type { Values } from './values.ts'
import { findViolations, readBody, type Violation } from './violations.ts'

/** A request held against the contract. */
export interface Inspected {
  readonly request: PrismRequest
  readonly values: Values
  readonly violations: readonly Violation[]
}

/** Holds a request against the contract; one whose body is compressed is not read. */
export function inspect(
  { operation, pathValues }: Match,
  incoming: Incoming,
  { path, query }: Target,
): Inspected | { readonly unread: Reply } {
  const { headers, body: bytes } = incoming
  const coding = headers['content-encoding']
  if (bytes && coding !== undefined && coding !== 'identity')
    return {
      unread: problem(
        'unsupported-coding',
        `The body came as ${coding}; send it as it is.`,
        {},
        { 'accept-encoding': 'identity' },
      ),
    }
  const text = bytes?.toString() ?? ''
  const body = operation.prism.request.body ? readBody(headers, text) : { value: text || undefined }
  const values: Values = { path: pathValues, query, header: headers }
  const request = {
    method: operation.method,
    // Prism would take a value with a comma apart.
    url: { path: path.replaceAll(',', '%2C'), query },
    // Prism takes a body without a length for none when it looks at the media type.
    headers: bytes ? { ...headers, 'content-length': `${bytes.length}` } : headers,
    body: body.value,
  }
  return { request, values, violations: findViolations(operation, request, values, body) }
}
