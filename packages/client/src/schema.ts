import type { Violation } from './errors.ts'
import { isRecord, typeOf } from './json-type.ts'
import type { Check } from './rules.ts'

/** JSON Schema as generated: references are names, and unions say how their members are told apart. */
export type Schema = boolean | SchemaObject

interface SchemaObject {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly multipleOf?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly allOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly not?: Schema
  readonly marks?: readonly (Mark | null)[]
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema
  readonly minProperties?: number
  readonly maxProperties?: number
  readonly prefixItems?: readonly Schema[]
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
}

/** How one member of a union is told from its siblings. */
interface Mark {
  readonly property: string
  readonly values?: readonly unknown[]
}

export type Schemas = Readonly<Record<string, Schema>>

/** A check by a schema, for what a request is made of. */
export const matching =
  (schema: Schema): Check =>
  (value) => {
    const [first] = violations(schema, value, '', {})
    return first && `${first.message}${first.path && ` at ${first.path}`}`
  }

/** Every deviation of a value from a schema; one wrong field is one violation. */
export function violations(schema: Schema, value: unknown, path: string, all: Schemas): Violation[] {
  if (schema === true) return []
  if (schema === false) return [{ path, message: 'must not be there' }]
  const message = broken(schema, value)
  // A value of the wrong kind breaks more than one assertion, but it is one mistake.
  if (message) return [{ path, message }]
  const check: CheckAt = (sub, part = value, at = path) => violations(sub, part, at, all)
  return [
    ...(schema.$ref === undefined ? [] : check(all[schema.$ref] ?? true)),
    ...(schema.allOf ?? []).flatMap((member) => check(member)),
    ...(schema.anyOf ? inUnion(schema.anyOf, schema.marks, value, check) : []),
    ...(schema.oneOf ? inUnion(schema.oneOf, schema.marks, value, check, path) : []),
    ...(schema.not !== undefined && check(schema.not).length === 0
      ? [{ path, message: 'must be something else' }]
      : []),
    ...(Array.isArray(value) ? inArray(schema, value, path, check) : []),
    ...(isRecord(value) ? inObject(schema, value, path, check) : []),
  ]
}

type CheckAt = (schema: Schema, value?: unknown, path?: string) => Violation[]

function hasType(type: string, value: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value)
  if (type === 'number') return Number.isFinite(value)
  return type === typeOf(value)
}

const words: Readonly<Record<string, string>> = {
  array: 'an array',
  boolean: 'true or false',
  integer: 'an integer',
  null: 'null',
  number: 'a number',
  object: 'an object',
  string: 'a string',
}

/** Whether two JSON values are the same; the order of properties does not matter. */
function equal(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => equal(item, b[i]))
  if (!isRecord(a) || !isRecord(b)) return a === b
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && equal(a[name], b[name]))
  )
}

/** The first assertion about a value itself that it breaks. */
function broken(schema: SchemaObject, value: unknown): string | undefined {
  const types = schema.type === undefined ? [] : [schema.type].flat()
  if (types.length > 0 && !types.some((type) => hasType(type, value))) {
    return `must be ${types.map((type) => words[type] ?? type).join(' or ')}`
  }
  const values = 'const' in schema ? [schema.const] : schema.enum
  if (values && !values.some((allowed) => equal(allowed, value))) {
    return `must be ${values.map((allowed) => JSON.stringify(allowed)).join(' or ')}`
  }
  if (typeof value === 'number') return brokenNumber(schema, value)
  if (typeof value === 'string') {
    const { minLength, maxLength, pattern } = schema
    const size = brokenSize(minLength, maxLength, [...value].length, 'characters')
    return size ?? (pattern === undefined || new RegExp(pattern, 'u').test(value) ? undefined : `must match ${pattern}`)
  }
  if (Array.isArray(value)) return brokenSize(schema.minItems, schema.maxItems, value.length, 'items')
  if (!isRecord(value)) return undefined
  return brokenSize(schema.minProperties, schema.maxProperties, Object.keys(value).length, 'properties')
}

function brokenNumber(schema: SchemaObject, value: number): string | undefined {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema
  if (minimum !== undefined && value < minimum) return `must be at least ${minimum}`
  if (maximum !== undefined && value > maximum) return `must be at most ${maximum}`
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) return `must be more than ${exclusiveMinimum}`
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) return `must be less than ${exclusiveMaximum}`
  if (multipleOf !== undefined && !isMultiple(value, multipleOf)) return `must be a multiple of ${multipleOf}`
  return undefined
}

/** Decimals have no exact binary form, and neither has their quotient; what is left of integers is exact. */
function isMultiple(value: number, of: number): boolean {
  if (Number.isInteger(value) && Number.isInteger(of)) return value % of === 0
  const quotient = value / of
  return Math.abs(quotient - Math.round(quotient)) <= 2 * Number.EPSILON * Math.abs(quotient)
}

function brokenSize(least = 0, most = Number.POSITIVE_INFINITY, size: number, unit: string): string | undefined {
  if (size < least) return `must have at least ${least} ${unit}`
  return size > most ? `must have at most ${most} ${unit}` : undefined
}

/**
 * None if a member fits; else the deviations from the member that was meant: the one whose mark the value has, or the
 * nearest. With a path, no two members may fit.
 */
function inUnion(
  members: readonly Schema[],
  marks: SchemaObject['marks'],
  value: unknown,
  check: CheckAt,
  exclusivePath?: string,
): Violation[] {
  const found = members.map((member) => check(member))
  const fitting = found.filter((list) => list.length === 0).length
  if (fitting > 1 && exclusivePath !== undefined) {
    return [{ path: exclusivePath, message: 'must be of one kind, but fits several' }]
  }
  if (fitting > 0) return []
  const marked = found.filter((_, index) => hasMark(marks?.[index], value))
  return (marked.length > 0 ? marked : found).reduce((best, list) => (list.length < best.length ? list : best))
}

function hasMark(mark: Mark | null | undefined, value: unknown): boolean {
  if (!mark || !isRecord(value) || !Object.hasOwn(value, mark.property)) return false
  return mark.values?.includes(value[mark.property]) ?? true
}

function inArray(schema: SchemaObject, value: readonly unknown[], path: string, check: CheckAt): Violation[] {
  const { prefixItems = [], items = true, uniqueItems } = schema
  const repeated = uniqueItems && value.some((item, index) => value.slice(0, index).some((other) => equal(item, other)))
  return [
    ...value.flatMap((item, index) => check(prefixItems[index] ?? items, item, `${path}/${index}`)),
    ...(repeated ? [{ path, message: 'must not have equal items' }] : []),
  ]
}

function inObject(
  { required = [], properties = {}, patternProperties = {}, additionalProperties = true }: SchemaObject,
  value: Readonly<Record<string, unknown>>,
  path: string,
  check: CheckAt,
): Violation[] {
  const at = (name: string) => `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
  const patterns = Object.entries(patternProperties)
  return [
    ...required
      .filter((name) => !Object.hasOwn(value, name))
      .map((name) => ({ path: at(name), message: 'is missing' })),
    ...Object.keys(value).flatMap((name) => {
      const own = Object.hasOwn(properties, name) ? [properties[name] ?? true] : []
      const subs = [...own, ...patterns.flatMap(([pattern, sub]) => (new RegExp(pattern, 'u').test(name) ? [sub] : []))]
      return (subs.length > 0 ? subs : [additionalProperties]).flatMap((sub) => check(sub, value[name], at(name)))
    }),
  ]
}
