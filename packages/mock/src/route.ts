import { type MockOperation, operations } from './contract.ts'
import { routed } from './prism.ts'

/** The operation for a request, with its path parameters, decoded. */
export interface Match {
  readonly operation: MockOperation
  readonly pathValues: Readonly<Record<string, string>>
}

/**
 * Finds the operation for a path and method, as Prism's router does.
 *
 * @returns the operation, or else the methods that the path has: none when there is no such path
 */
export function findOperation(method: string, path: string): Match | { readonly allowed: readonly string[] } {
  const wanted = method.toLowerCase()
  // HEAD is GET without the body, whether or not the contract names it.
  const operation =
    routed(operations, wanted, path) ?? (wanted === 'head' ? routed(operations, 'get', path) : undefined)
  if (operation) return { operation, pathValues: valuesIn(operation.path, path) }
  const methods = [...new Set(operations.map((candidate) => candidate.method))]
  const allowed = methods.filter((candidate) => routed(operations, candidate, path))
  return { allowed: allowed.flatMap((name) => (name === 'get' ? ['GET', 'HEAD'] : [name.toUpperCase()])) }
}

function valuesIn(template: string, path: string): Record<string, string> {
  const came = path.split('/')
  const values: Record<string, string> = Object.create(null)
  for (const [index, segment] of template.split('/').entries()) {
    if (segment.startsWith('{')) values[segment.slice(1, -1)] = decoded(came[index] ?? '')
  }
  return values
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
