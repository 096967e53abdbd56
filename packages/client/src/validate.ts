/**
 * Checks answers against the contract, for the client's option `validate`. Without `eval`, and outside the main module, so
 * that only those who import it carry it.
 *
 * @module
 */
import type { Rule } from './contract.ts'
import type { Violation } from './errors.ts'
import { responses, schemas } from './generated/validators.gen.ts'
import { broken } from './rules.ts'

/** A schema as generated: references are names, and unions say how their members are told apart. */
export type Schema = boolean | SchemaObject

interface SchemaObject extends Rule {
  readonly $ref?: string
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
  readonly uniqueItems?: boolean
}

interface Mark {
  readonly property: string
  readonly values?: readonly unknown[]
}

export type Schemas = Readonly<Record<string, Schema>>

/**
 * Every deviation of an answer from what the contract declares for this operation and status. One wrong field is one
 * violation. A status that the contract does not declare is not checked.
 *
 * @example
 * ```ts
 * import { createClient } from '@image-install-queue/client'
 * import { validate } from '@image-install-queue/client/validate'
 *
 * const client = createClient({ validate, onContractViolation: (violations) => console.warn(violations) })
 * ```
 */
export function validate(operation: string, status: number, data: unknown): Violation[] {
  const declared: Readonly<Record<string, Readonly<Record<string, Schema>>>> = responses
  const byStatus = declared[operation] ?? {}
  const schema = byStatus[status] ?? byStatus['2XX'] ?? true
  return violations(schema, data, '', schemas)
}

/** Every deviation of a value from a schema. */
export function violations(schema: Schema, value: unknown, path: string, all: Schemas): Violation[] {
  if (schema === true) return []
  if (schema === false) return [{ path, message: 'must not be there' }]
  const check = (sub: Schema, part = value, at = path) => violations(sub, part, at, all)
  const message = broken(schema, value)
  // A value of the wrong kind breaks more than one assertion, but it is one mistake.
  if (message) return [{ path, message }]
  return [
    ...(schema.$ref === undefined ? [] : check(all[schema.$ref] ?? true)),
    ...(schema.allOf ?? []).flatMap((member) => check(member)),
    ...(schema.anyOf ? union(schema.anyOf, schema.marks, value, check) : []),
    ...(schema.oneOf ? exclusive(schema.oneOf, schema.marks, value, path, check) : []),
    ...(schema.not !== undefined && check(schema.not).length === 0
      ? [{ path, message: 'must be something else' }]
      : []),
    ...(Array.isArray(value)
      ? inArray(schema, value, path, check)
      : isRecord(value)
        ? inObject(schema, value, path, check)
        : []),
  ]
}

type Check = (schema: Schema, value?: unknown, path?: string) => Violation[]

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** None if a member fits; else those of the member that was meant: the one whose mark the value has, or the nearest. */
function union(members: readonly Schema[], marks: SchemaObject['marks'], value: unknown, check: Check): Violation[] {
  const found = members.map((member) => check(member))
  if (found.some((list) => list.length === 0)) return []
  const marked = found.filter((_, index) => hasMark(marks?.[index], value))
  const candidates = marked.length > 0 ? marked : found
  return candidates.reduce((best, list) => (list.length < best.length ? list : best))
}

function exclusive(
  members: readonly Schema[],
  marks: SchemaObject['marks'],
  value: unknown,
  path: string,
  check: Check,
): Violation[] {
  const fitting = members.filter((member) => check(member).length === 0).length
  if (fitting > 1) return [{ path, message: 'must be of one kind, but fits several' }]
  return union(members, marks, value, check)
}

function hasMark(mark: Mark | null | undefined, value: unknown): boolean {
  if (!mark || !isRecord(value) || !Object.hasOwn(value, mark.property)) return false
  return mark.values?.includes(value[mark.property]) ?? true
}

function inArray(schema: SchemaObject, value: readonly unknown[], path: string, check: Check): Violation[] {
  const { prefixItems = [], items = true, uniqueItems } = schema
  const texts = uniqueItems ? value.map((item) => JSON.stringify(item)) : []
  return [
    ...value.flatMap((item, index) => check(prefixItems[index] ?? items, item, `${path}/${index}`)),
    ...(new Set(texts).size < texts.length ? [{ path, message: 'must not have equal items' }] : []),
  ]
}

function inObject(
  schema: SchemaObject,
  value: Readonly<Record<string, unknown>>,
  path: string,
  check: Check,
): Violation[] {
  const { required = [], properties = {}, patternProperties = {}, additionalProperties = true } = schema
  const { minProperties = 0, maxProperties = Number.POSITIVE_INFINITY } = schema
  const names = Object.keys(value)
  const patterns = Object.entries(patternProperties)
  return [
    ...required
      .filter((name) => !Object.hasOwn(value, name))
      .map((name) => ({ path: `${path}/${pointer(name)}`, message: 'is missing' })),
    ...names.flatMap((name) => {
      const matching = patterns.flatMap(([pattern, sub]) => (new RegExp(pattern, 'u').test(name) ? [sub] : []))
      const own = Object.hasOwn(properties, name) ? properties[name] : undefined
      const subs = own === undefined && matching.length === 0 ? [additionalProperties] : [own ?? true, ...matching]
      return subs.flatMap((sub) => check(sub, value[name], `${path}/${pointer(name)}`))
    }),
    ...(names.length < minProperties || names.length > maxProperties
      ? [{ path, message: `must have ${minProperties} to ${maxProperties} properties` }]
      : []),
  ]
}

const pointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')
