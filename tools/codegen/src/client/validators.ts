import { componentName, type Resolve } from '@image-install-queue/spec/read'
import { isInBandError, type Method } from './model.ts'
import { marks, type Schema } from './shapes.ts'
import { literal } from './text.ts'

/** What does not constrain a value. */
const annotations = new Set(
  '$comment title description default examples example deprecated readOnly writeOnly externalDocs xml format'.split(
    ' ',
  ),
)

/**
 * The schemas of everything that a call can resolve to, as data for the client's checker. A union carries the marks that
 * tell its members apart, so that a wrong field is reported once and not once per member.
 */
export function responseSchemas(methods: readonly Method[], resolve: Resolve): string {
  const schemas = new Map<string, unknown>()
  const include = (ref: string): string => {
    const name = /^#\/components\/schemas\/[^/]+$/.test(ref) ? componentName(ref) : ref
    if (!schemas.has(name)) {
      schemas.set(name, undefined)
      schemas.set(name, convert(resolve({ $ref: ref })))
    }
    return name
  }
  const convert = (schema: Schema | boolean): unknown => {
    if (typeof schema === 'boolean') return schema
    const node = Object.entries(schema).flatMap(([key, value]): [string, unknown][] => {
      if (annotations.has(key) || key.startsWith('x-') || key === 'discriminator') return []
      if (key === '$ref') return [['$ref', include(String(value))]]
      if (['properties', 'patternProperties', 'dependentSchemas'].includes(key)) {
        return [[key, Object.fromEntries(Object.entries(value).map(([name, sub]) => [name, convert(sub as Schema)]))]]
      }
      if (['items', 'additionalProperties', 'not', 'if', 'then', 'else', 'contains', 'propertyNames'].includes(key)) {
        return [[key, convert(value)]]
      }
      if (key === 'oneOf' || key === 'anyOf') return convertUnion(key, schema, value)
      if (key === 'allOf' || key === 'prefixItems') return [[key, value.map(convert)]]
      return [[key, value]]
    })
    return Object.fromEntries(node)
  }
  const convertUnion = (key: string, union: Exclude<Schema, { $ref: string }>, all: Schema[]): [string, unknown][] => {
    const members = all.filter((member) => !isInBandError(member, resolve))
    const found = marks(union, members, resolve)
    return [
      [key, members.map(convert)],
      ...(found.some(Boolean) ? [['marks', found.map((mark) => mark ?? null)] satisfies [string, unknown]] : []),
    ]
  }
  const responses = Object.fromEntries(
    methods.map(({ name, results }) => [
      name,
      Object.fromEntries(
        results.flatMap(({ status, schema, types }) =>
          schema && types[0] !== 'text' ? [[status.toUpperCase(), convert(schema)]] : [],
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
