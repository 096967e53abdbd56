/** What rules look at and report. Nothing is known of it yet, and nothing converted: a value may have a `toString` of its own. */

export type Path = readonly string[]

/** A node of the document that the profile gives a kind. */
export interface Node {
  readonly kind: string
  readonly value: unknown
  readonly path: Path
}

/** A refusal at a path of the document: at the value there, or at its key. */
export interface Placed {
  readonly path: Path
  readonly onKey: boolean
  readonly message: string
  /** What is not there; several things may be missing at one place. */
  readonly missing?: string
}

/** Something outside the profile, at a line and column of the text, both counted from 1. */
export interface Refusal {
  readonly line: number
  readonly col: number
  readonly message: string
}

/** Takes down a refusal, at the key unless told otherwise. */
export type Refuse = (path: readonly (string | number)[], message: string, onKey?: boolean) => void

/** What stands at a path, if each step is an own property. */
export function get(node: unknown, ...path: Path): unknown {
  return path.reduce<unknown>(
    (at, name) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, name) ? Reflect.get(at, name) : undefined,
    node,
  )
}

export function text(node: unknown, name: string): string | undefined {
  const value = get(node, name)
  return typeof value === 'string' ? value : undefined
}

export function list(node: unknown, name: string): readonly unknown[] {
  const value = get(node, name)
  return Array.isArray(value) ? value : []
}

export const texts = (node: unknown, name: string): readonly string[] =>
  list(node, name).filter((value) => typeof value === 'string')

export const keys = (node: unknown): readonly string[] =>
  typeof node === 'object' && node !== null ? Object.keys(node) : []

/** Follows a reference to what it names; one that leads nowhere or in a circle is reported elsewhere. */
export type Resolve = (node: unknown) => unknown

export function resolver(document: unknown): Resolve {
  return (node) => {
    let target = node
    for (let hops = 0; hops < 20 && get(target, '$ref') !== undefined; hops++)
      target = get(document, 'components', ...targetOf(get(target, '$ref')))
    return target
  }
}

export function targetOf(ref: unknown): [kind: string, name: string] {
  const [, , kind = '', name = ''] = typeof ref === 'string' ? ref.split('/') : []
  return [kind, name]
}

/** What a value is; nothing is said of a reference that leads nowhere. */
export function shapeOf(node: unknown): string | undefined {
  if (typeof node !== 'object' || get(node, '$ref') !== undefined) return undefined
  if (get(node, 'allOf') !== undefined || get(node, 'oneOf') !== undefined) return 'object'
  // What is wrong with an anyOf, or beside it, is said there.
  if (get(node, 'anyOf') !== undefined)
    return text(list(node, 'anyOf')[1], 'type') === 'null' && keys(node).every((key) => key !== 'type')
      ? 'null'
      : undefined
  const [type = 'anything'] = typesOf(node)
  return get(node, 'type') === undefined || isType(type) ? type : undefined
}

export const typesOf = (schema: unknown): readonly string[] => texts({ types: [get(schema, 'type')].flat() }, 'types')

const allTypes = ['object', 'array', 'string', 'integer', 'number', 'boolean', 'null']
export const isType = (type: string): boolean => allTypes.includes(type)

export function isOf(type: string, value: unknown): boolean {
  if (type === 'null') return value === null
  return type === 'integer' ? Number.isInteger(value) : typeof value === type
}
