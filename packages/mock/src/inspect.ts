import { isAuthorized } from './credentials.ts'
import type { Incoming } from './message.ts'
import { findOperation } from './route.ts'
import type { Target } from './target.ts'
import { findViolations, readBody } from './violations.ts'

/** A request held against the contract. */
export type Inspected = ReturnType<typeof inspect>

/** Holds a request against the contract; without an operation for it, says which methods its path has. */
export function inspect(incoming: Incoming, { path, query }: Target) {
  const match = findOperation(incoming.method.toLowerCase(), path)
  if ('allowed' in match) return match
  const { operation, pathValues } = match
  const text = incoming.body?.toString() ?? ''
  const body = operation.prism.request.body ? readBody(incoming.headers, text) : { value: text || undefined }
  const values = { path: pathValues, query, header: incoming.headers }
  // Prism takes a body without a length for none when it looks at the media type.
  const headers = incoming.body
    ? { ...incoming.headers, 'content-length': String(incoming.body.length) }
    : incoming.headers
  // Prism would take a value with a comma apart before its style is looked at.
  const url = { path: path.replaceAll(',', '%2C'), query }
  const request = { method: operation.method, url, headers, body: body.value }
  return {
    operation,
    request,
    values,
    isAuthorized: isAuthorized(operation, incoming.headers),
    violations: findViolations(operation, request, values, body),
  }
}
