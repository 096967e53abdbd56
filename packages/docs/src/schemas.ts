import { componentName, isReference, type Resolve, type Schema } from '@image-install-queue/contract'
import { codeSpan, slug } from './markdown.ts'

export interface Field {
  /** Name of the property; `owner.name`, `tags[].id` and `labels.*` for those of inline objects. */
  readonly name: string
  readonly required: boolean
  readonly schema: Schema
}

/**
 * A schema with its reference resolved: keywords next to `$ref` override those of the component. A choice between a schema
 * and null becomes that schema, with null among its types.
 */
export function dereference(node: Schema, resolve: Resolve): Schema {
  const { $ref, anyOf, ...own } = node
  if ($ref !== undefined) return { ...dereference(resolve<Schema>({ $ref }), resolve), ...own }
  if (!anyOf) return node
  const value = dereference(anyOf[0], resolve)
  const description = [own.description, value.description].filter(Boolean).join('\n\n')
  const type = [value.type ?? [], 'null'].flat() as NonNullable<Schema['type']>
  const merged = { ...value, ...own, ...(description && { description }) }
  return value.type ? { ...merged, type } : merged
}

/** The properties of an object, those of its `allOf` parts first. */
export function properties(node: Schema, resolve: Resolve): Field[] {
  const schema = dereference(node, resolve)
  const own = Object.entries(schema.properties ?? {}).map(([name, schema]) => ({ name, required: false, schema }))
  const parts = [...(schema.allOf ?? []).flatMap((part) => properties(part, resolve)), ...own]
  const required = new Set(schema.required)
  return parts.map((field) => (required.has(field.name) ? { ...field, required: true } : field))
}

/** {@link properties}, each followed by the fields of the objects written inside it. */
export function fields(node: Schema, resolve: Resolve): Field[] {
  return properties(node, resolve).flatMap((field) => [field, ...nestedFields(field.schema, resolve, field.name)])
}

/** The fields inside a value. A named schema has none here, because it has its own section. */
export function nestedFields(schema: Schema, resolve: Resolve, place: string): Field[] {
  if (isReference(schema)) return []
  if (schema.items) return nestedFields(schema.items, resolve, `${place}[]`)
  if (schema.additionalProperties) return nestedFields(schema.additionalProperties, resolve, `${place}.*`)
  return fields(schema, resolve).map((field) => ({ ...field, name: `${place}.${field.name}` }))
}

/** Type and limits of a value, as Markdown. A named schema is a link to its section. */
export function typeText(schema: Schema): string {
  if (isReference(schema)) return schemaLink(componentName(schema))
  if (schema.const !== undefined) return `always ${codeSpan(schema.const)}`
  const alternatives = schema.oneOf ?? schema.anyOf
  if (alternatives) return alternatives.map(typeText).join(' or ')
  const named = (schema.allOf ?? []).filter(isReference).map(typeText)
  if (named.length > 0) return `all of ${named.join(' and ')}`
  if (schema.additionalProperties) return `map of ${typeText(schema.additionalProperties)}`
  const isObject = schema.properties ?? schema.allOf
  const types = [schema.type ?? (isObject ? 'object' : 'any')].flat().join(' or ')
  return [schema.items ? `array of ${typeText(schema.items)}` : types, ...limitsOf(schema)].join(', ')
}

export const schemaHeading = (name: string) => `Schema ${name}`

const schemaLink = (name: string) => `[${name}](#${slug(schemaHeading(name))})`

const limits = ['format', 'minimum', 'maximum', 'minLength', 'maxLength', 'pattern', 'minItems', 'maxItems'] as const

const limitsOf = (schema: Schema): string[] =>
  limits.filter((limit) => schema[limit] !== undefined).map((limit) => `${limit} ${codeSpan(schema[limit])}`)
