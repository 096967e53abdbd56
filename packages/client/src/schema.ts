import type { PlainSchema } from './contract.ts'
import type { Violation } from './options.ts'
import { broken, isRecord } from './values.ts'

/** JSON Schema as generated: references are names, and unions say how their members are told apart. */
export interface Schema extends PlainSchema {
  readonly $ref?: string
  readonly allOf?: readonly Schema[]
  /** A schema, and null. */
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly marks?: readonly Mark[]
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema
  readonly items?: Schema
}

/** How a member of a union is told from its siblings: it has the property, with this value where one is given. */
interface Mark {
  readonly property: string
  readonly const?: unknown
}

export type Schemas = Readonly<Record<string, Schema>>

/** Every deviation of a value from a schema; one wrong field is one violation. */
export function violations(schema: Schema, value: unknown, path: string, all: Schemas): Violation[] {
  const message = broken(schema, value)
  // A value of the wrong kind breaks more than one assertion, but it is one mistake.
  if (message) return [{ path, message }]
  const check = (sub: Schema, part = value, at = path) => violations(sub, part, at, all)
  const { $ref, allOf = [], anyOf, oneOf, marks = [], items } = schema
  return [
    ...($ref === undefined ? [] : check(all[$ref] ?? {})),
    ...allOf.flatMap((member) => check(member)),
    ...(anyOf ? nearest(anyOf.map((member) => check(member))) : []),
    ...(oneOf ? inUnion(oneOf, marks, value, check, path) : []),
    ...(items && Array.isArray(value) ? value.flatMap((item, index) => check(items, item, `${path}/${index}`)) : []),
    ...(isRecord(value) ? inObject(schema, value, path, check) : []),
  ]
}

type Check = (schema: Schema, value?: unknown, path?: string) => Violation[]

/** None if one of them fits, else the deviations from the one that comes closest. */
const nearest = (found: readonly Violation[][]): Violation[] =>
  found.reduce((best, list) => (list.length < best.length ? list : best))

/** The deviations from the member whose mark the value has, or else from the nearest. */
function inUnion(
  members: readonly Schema[],
  marks: readonly Mark[],
  value: unknown,
  check: Check,
  path: string,
): Violation[] {
  const found = members.map((member) => check(member))
  if (found.filter((list) => list.length === 0).length > 1)
    return [{ path, message: 'must be of one kind, but fits several' }]
  const marked = found.filter((_, index) => hasMark(marks[index], value))
  const fits = found.some((list) => list.length === 0)
  return nearest(marked.length > 0 && !fits ? marked : found)
}

function hasMark(mark: Mark | undefined, value: unknown): boolean {
  if (!mark || !isRecord(value) || !Object.hasOwn(value, mark.property)) return false
  return mark.const === undefined || value[mark.property] === mark.const
}

function inObject(
  { required = [], properties = {}, additionalProperties }: Schema,
  value: Readonly<Record<string, unknown>>,
  path: string,
  check: Check,
): Violation[] {
  const at = (name: string) => `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
  const missing = required.filter((name) => !Object.hasOwn(value, name))
  return [
    ...missing.map((name) => ({ path: at(name), message: 'is missing' })),
    ...Object.keys(value).flatMap((name) => {
      const schema = Object.hasOwn(properties, name) ? properties[name] : additionalProperties
      return schema ? check(schema, value[name], at(name)) : []
    }),
  ]
}
