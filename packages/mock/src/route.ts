import { type Operation, operationFrom } from './contract.ts'
import { sources } from './generated/contract.gen.ts'
import { routeAmong } from './prism.ts'

/** A literal segment, or the shape and names of one that holds parameters. */
type Segment = string | { readonly shape: RegExp; readonly names: readonly string[] }

export interface Match {
  readonly operation: Operation
  /** Path parameters, decoded. */
  readonly pathValues: Readonly<Record<string, string>>
}

const routes = sources.map((source) => ({ source, segments: source.path.split('/').map(readSegment) }))

/**
 * Finds the operation for a path and method. Where several paths fit, Prism decides.
 *
 * @returns the operation, or else the methods that the path has: none when there is no such path
 */
export function findOperation(method: string, path: string): Match | { readonly allowed: readonly string[] } {
  const values = path.split('/').map(decode)
  const fitting = routes.filter(({ segments }) => fits(segments, values))
  const methods = new Set(fitting.map(({ source }) => source.method))
  // HEAD is GET without the body, whether or not the contract names it.
  if (methods.has('get')) methods.add('head')
  const wanted = fitting.some(({ source }) => source.method === method) || method !== 'head' ? method : 'get'
  const candidates = fitting
    .filter(({ source }) => source.method === wanted)
    .map(({ source, segments }) => ({ operation: operationFrom(source), segments }))
  const found = candidates.length > 1 ? routeAmong(candidates, wanted, path) : candidates[0]
  if (!found) return { allowed: [...methods].map((name) => name.toUpperCase()) }
  return { operation: found.operation, pathValues: readValues(found.segments, values) }
}

function readSegment(segment: string): Segment {
  const parts = segment.split(/\{([^}]+)\}/)
  if (parts.length === 1) return decode(segment)
  const shape = parts.map((part, i) => (i % 2 === 1 ? '(.*)' : decode(part).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
  return { shape: new RegExp(`^${shape.join('')}$`, 's'), names: parts.filter((_, i) => i % 2 === 1) }
}

function fits(segments: readonly Segment[], values: readonly string[]): boolean {
  return (
    segments.length === values.length &&
    segments.every((segment, i) =>
      typeof segment === 'string' ? segment === values[i] : segment.shape.test(values[i] ?? ''),
    )
  )
}

function readValues(segments: readonly Segment[], values: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    segments.flatMap((segment, i) => {
      if (typeof segment === 'string') return []
      const found = segment.shape.exec(values[i] ?? '')
      return segment.names.map((name, at) => [name, found?.[at + 1] ?? ''] as const)
    }),
  )
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
