import { componentName, isReference, type Resolve, type Schema } from '@image-install-queue/contract'
import { codeSpan, paragraphs, slug } from './markdown.ts'

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
  const type = [value.type ?? [], 'null'].flat() as NonNullable<Schema['type']>
  const merged = { ...value, ...own, description: paragraphs(own.description, value.description) }
  return value.type ? { ...merged, type } : merged
}

/** Whether a schema has its own section, as itself or as a choice between it and null. */
export const isNamed = (schema: Schema): boolean => isReference(schema.anyOf?.[0] ?? schema)

/** The properties of an object, those of its `allOf` parts first, each followed by the fields inside it. */
export function fields(node: Schema, resolve: Resolve, prefix = ''): Field[] {
  const { allOf = [], properties = {}, required = [] } = dereference(node, resolve)
  const own = Object.entries(properties).flatMap(([key, schema]) => {
    const name = prefix + key
    return [{ name, required: false, schema }, ...nestedFields(schema, resolve, name)]
  })
  const isRequired = new Set(required.map((key) => prefix + key))
  const all = [...allOf.flatMap((part) => fields(part, resolve, prefix)), ...own]
  return all.map((field) => ({ ...field, required: field.required || isRequired.has(field.name) }))
}

/** The fields inside a value. A named schema has none here, because it has its own section. */
export function nestedFields(schema: Schema, resolve: Resolve, place: string): Field[] {
  if (isNamed(schema)) return []
  if (schema.items) return nestedFields(schema.items, resolve, `${place}[]`)
  if (schema.additionalProperties) return nestedFields(schema.additionalProperties, resolve, `${place}.*`)
  return fields(schema, resolve, `${place}.`)
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
