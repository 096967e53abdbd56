import {
  componentName,
  discriminators,
  isInBandError,
  isReference,
  type Operation,
  type Resolve,
  type Schema,
} from '@image-install-queue/contract'
import { literal } from '../text.ts'
import { checked } from './table.ts'

/**
 * The schemas of everything that a call can resolve to, as data for the client's checker. A union has the discriminators of
 * its variants, so that a wrong field is reported once and not once per variant.
 */
export function responseSchemas(operations: readonly Operation[], resolve: Resolve): string {
  const schemas = new Map<string, object>()
  const include = (reference: { readonly $ref: string }): string => {
    const name = componentName(reference)
    if (!schemas.has(name)) {
      // Reserves its place before the schemas that it refers to.
      schemas.set(name, {})
      schemas.set(name, assertions(resolve<Schema>(reference)))
    }
    return name
  }
  const each = (properties: Readonly<Record<string, Schema>>) =>
    Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, assertions(schema)]))

  function assertions(schema: Schema): object {
    if (isReference(schema)) return { $ref: include(schema) }
    const { allOf, oneOf, anyOf, properties, items, additionalProperties } = schema
    const kinds = oneOf?.filter((variant) => !isInBandError(variant, resolve)) ?? []
    const [only, ...others] = kinds
    if (only && others.length === 0) return assertions(only)
    return {
      ...Object.fromEntries(
        Object.entries(schema).filter(([keyword]) => keyword === 'required' || checked.includes(keyword)),
      ),
      ...(allOf && { allOf: allOf.map(assertions) }),
      ...(only && { oneOf: kinds.map(assertions), discriminators: discriminators(kinds, resolve) }),
      ...(anyOf && { anyOf: anyOf.map(assertions) }),
      ...(properties && { properties: each(properties) }),
      ...(additionalProperties && { additionalProperties: assertions(additionalProperties) }),
      ...(items && { items: assertions(items) }),
    }
  }

  const responses = operations.map(({ operationId, responses }) => [
    operationId,
    Object.fromEntries(
      [...responses].flatMap(([status, { content }]) =>
        status.startsWith('2') && content ? [[status, assertions(content['application/json'].schema)]] : [],
      ),
    ),
  ])
  return `/** The component schemas that a call can resolve to. */
export const schemas = ${literal(Object.fromEntries(schemas))} as const

/** The result of each operation, by success status. */
export const responses = ${literal(Object.fromEntries(responses))} as const
`
}
