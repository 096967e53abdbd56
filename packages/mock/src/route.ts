import { type MockOperation, operations, type Place } from './contract.ts'
import type { MockRequest } from './message.ts'

/** A request target, parsed. */
export interface Target {
  readonly path: string
  /** From the question mark on, as received. */
  readonly search: string
  /** Decoded; a repeated name has all its values. */
  readonly query: Readonly<Record<string, string | string[]>>
}

/** The parameter values of a request as received, by location. Header names are lower case. */
export interface Values {
  /** Decoded. */
  readonly path: Readonly<Record<string, string>>
  readonly query: Target['query']
  readonly header: MockRequest['headers']
}

/** The operation of a request, and the values of its parameters. */
export interface Match {
  readonly operation: MockOperation
  readonly values: Values
}

/** The methods that a path has; empty if the contract has no such path. */
export interface NoMatch {
  readonly allowed: readonly string[]
}

export function parseTarget(target: string): Target {
  // Resolved as a reference, a path such as `//host/` would lose its first segment.
  const url = new URL(`http://mock/${target.replace(/^\//, '')}`)
  // No prototype, so that a parameter may have any name.
  const query: Record<string, string | string[]> = Object.create(null)
  for (const [name, value] of url.searchParams) {
    const before = query[name]
    query[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value]
  }
  // Percent-encoded unreserved characters are equal to the plain ones.
  const path = url.pathname.replace(/%(?:2[de]|3\d|[46][1-9a-f]|[57][\da]|5f|7e)/gi, decodeURIComponent)
  return { path, search: url.search, query }
}

/** Finds the operation of a request by its method and path. If several match, the one with more literal segments wins. */
export function findOperation({ method, headers }: MockRequest, { path, query }: Target): Match | NoMatch {
  const segments = path.split('/').map(decoded)
  const matches = routes
    .filter((route) => route.segments.length === segments.length)
    .filter((route) => route.segments.every((segment, i) => isParameter(segment) || segment === segments[i]))
  const withMethod = (name: string) => matches.find(({ operation }) => operation.method === name)
  const wanted = method.toLowerCase()
  // HEAD is GET without the body, whether or not the contract declares it.
  const match = withMethod(wanted) ?? (wanted === 'head' ? withMethod('get') : undefined)
  if (match) {
    const values = { path: pathValues(match.segments, segments), query, header: headers }
    return { operation: match.operation, values }
  }
  const methods = [...new Set(matches.map(({ operation }) => operation.method))]
  return { allowed: withHead(methods.map((name) => name.toUpperCase())) }
}

/** The methods to which a path responds: where it has GET, also to HEAD. */
export const withHead = (methods: readonly string[]): string[] =>
  methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))

const isParameter = (segment: string) => segment.startsWith('{')

const literals = (segments: readonly string[]) => segments.filter((segment) => !isParameter(segment)).length

const routes = operations
  .map((operation) => ({ operation, segments: operation.path.split('/') }))
  .sort((a, b) => literals(b.segments) - literals(a.segments))

function pathValues(template: readonly string[], segments: readonly string[]): Record<string, string> {
  const values: Record<string, string> = Object.create(null)
  for (const [i, segment] of template.entries()) {
    if (isParameter(segment)) values[segment.slice(1, -1)] = segments[i] ?? ''
  }
  return values
}

/** A percent-encoded part of a target; unchanged if its encoding is malformed. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** The string or strings received for a parameter. */
export const rawValue = (place: Place, name: string, values: Values): string | string[] | undefined =>
  place === 'header' ? values.header[name.toLowerCase()] : values[place][name]
