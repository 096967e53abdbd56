import { componentName, isReference, type Resolve } from '@image-install-queue/contract/old/index'
import { UnsupportedContractError } from '../errors.ts'
import { isComponentSchema, isInBandError, type Method } from './model.ts'
import { marks, type Schema } from './shapes.ts'
import { literal } from './text.ts'

/**
 * The schemas of everything that a call can resolve to, as data for the client's checker. A union carries the marks that
 * tell its members apart, so that a wrong field is reported once and not once per member.
 */
export function responseSchemas(methods: readonly Method[], resolve: Resolve): string {
  const schemas = new Map<string, unknown>()
  const include = (ref: string): string => {
    const name = isComponentSchema(ref) ? componentName(ref) : ref
    if (!schemas.has(name)) {
      schemas.set(name, undefined)
      schemas.set(name, assertionsOf(resolve({ $ref: ref }), resolve, `schema "${name}"`, include))
    }
    return name
  }
  const responses = Object.fromEntries(
    methods.map(({ name, results }) => [
      name,
      Object.fromEntries(
        results.flatMap(({ status, schema, types }) =>
          schema && types[0] !== 'text'
            ? [[status.toUpperCase(), assertionsOf(schema, resolve, `answer ${status} of "${name}"`, include)]]
            : [],
        ),
      ),
    ]),
  )
  return `/** The component schemas that a call can resolve to. */
export const schemas = ${literal(Object.fromEntries(schemas))} as const

/** What each operation answers with, by success status. */
export const responses = ${literal(responses)} as const
`
}

const leaves = `type enum const minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength pattern
  required minProperties maxProperties minItems maxItems uniqueItems`.split(/\s+/)

/**
 * The part of a schema that the client's checker knows. The rest says nothing about a value, or nothing common. References
 * are left to `include` to name, or replaced by what they stand for.
 *
 * @throws {UnsupportedContractError} for a pattern that the checker could not run
 */
export function assertionsOf(
  schema: Schema,
  resolve: Resolve,
  place: string,
  include?: (ref: string) => string,
  depth = 0,
): Record<string, unknown> {
  const convert = (sub: Schema | boolean) => {
    if (typeof sub === 'boolean') return sub
    // What refers to itself has no end when written out.
    return depth > 9 || assertionsOf(sub, resolve, place, include, include ? 0 : depth + 1)
  }
  const convertAll = (subs: Record<string, Schema>) =>
    Object.fromEntries(Object.entries(subs).map(([name, sub]) => [name, convert(sub)]))
  if (isReference(schema)) {
    if (!include) return assertionsOf(resolve(schema), resolve, place, include, depth + 1)
    const { $ref, ...siblings } = schema
    return { $ref: include($ref), ...assertionsOf(siblings, resolve, place) }
  }
  const { allOf, oneOf, anyOf, not, items, additionalProperties, prefixItems, properties, patternProperties } = schema
  for (const pattern of [schema.pattern ?? '', ...Object.keys(patternProperties ?? {})]) tryPattern(pattern, place)
  const union = oneOf ?? anyOf
  const members = union?.filter((member) => !isInBandError(member, resolve))
  const found = members ? marks(schema, members, resolve) : []
  return {
    ...Object.fromEntries(Object.entries(schema).filter(([key]) => leaves.includes(key))),
    ...(allOf && { allOf: allOf.map(convert) }),
    ...(members && { [oneOf ? 'oneOf' : 'anyOf']: members.map(convert) }),
    ...(found.some(Boolean) && { marks: found.map((mark) => mark ?? null) }),
    ...(not && { not: convert(not) }),
    ...(properties && { properties: convertAll(properties) }),
    ...(patternProperties && { patternProperties: convertAll(patternProperties) }),
    ...(additionalProperties !== undefined && { additionalProperties: convert(additionalProperties) }),
    ...(prefixItems && { prefixItems: prefixItems.map(convert) }),
    ...(items !== undefined && { items: convert(items) }),
  }
}

function tryPattern(pattern: string, place: string): void {
  try {
    new RegExp(pattern, 'u')
  } catch (cause) {
    throw new UnsupportedContractError(`The pattern ${pattern} in ${place} is no regular expression: ${String(cause)}`)
  }
}
