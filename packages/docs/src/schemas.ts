import { componentName, isReference, type Resolve, type Schema } from '@image-install-queue/contract'
import { codeSpan, plain, slug } from './markdown.ts'

export interface Field {
  /** Name of the property; `owner.name`, `tags[].id` and `labels.*` for those of inline objects. */
  readonly name: string
  readonly required: boolean
  readonly schema: Schema
}

/**
 * A schema with what its reference leads to. What a reference says beside itself stands before what it refers to says, and
 * a choice between a schema and null is that schema, with null among its types.
 */
export function whole(node: Schema, resolve: Resolve): Schema {
  const { $ref, anyOf, ...own } = node
  if ($ref !== undefined) return { ...whole(resolve<Schema>({ $ref }), resolve), ...own }
  if (!anyOf) return node
  const value = whole(anyOf[0], resolve)
  const description = [own.description, value.description].filter(Boolean).join('\n\n')
  const type = [value.type ?? [], 'null'].flat() as NonNullable<Schema['type']>
  const merged = { ...value, ...own, ...(description && { description }) }
  return value.type ? { ...merged, type } : merged
}

/** What is said of a value itself. */
export function notes(node: Schema, resolve: Resolve): (string | undefined)[] {
  const { title, description, examples } = whole(node, resolve)
  return [title && `**${plain(title)}.**`, description, examples && `For example ${examples.map(codeSpan).join(', ')}.`]
}

/** The properties of an object with those it takes from `allOf`, in the order of the document. */
export function properties(node: Schema, resolve: Resolve): Field[] {
  const schema = whole(node, resolve)
  const own = Object.entries(schema.properties ?? {}).map(([name, schema]) => ({ name, required: false, schema }))
  const parts = [...(schema.allOf ?? []).flatMap((part) => properties(part, resolve)), ...own]
  const required = new Set(schema.required)
  return parts.map((field) => (required.has(field.name) ? { ...field, required: true } : field))
}

/** {@link properties}, and those of the objects written inside them. Referenced schemas are described elsewhere. */
export function fields(node: Schema, resolve: Resolve): Field[] {
  return properties(node, resolve).flatMap((field) => [field, ...inside(field.schema, resolve, field.name)])
}

/** The fields of what is written at a place, and is no reference. */
export function inside(schema: Schema, resolve: Resolve, place: string): Field[] {
  if (isReference(schema)) return []
  if (schema.items) return inside(schema.items, resolve, `${place}[]`)
  if (schema.additionalProperties) return inside(schema.additionalProperties, resolve, `${place}.*`)
  return fields(schema, resolve).map((field) => ({ ...field, name: `${place}.${field.name}` }))
}

/** Type and limits of a value in words, in Markdown; a named schema is a link to its description. */
export function typeText(schema: Schema, resolve: Resolve): string {
  if (isReference(schema)) return schemaLink(componentName(schema))
  if (schema.const !== undefined) return `always ${codeSpan(schema.const)}`
  const alternatives = schema.oneOf ?? schema.anyOf
  if (alternatives) return alternatives.map((part) => typeText(part, resolve)).join(' or ')
  if (schema.allOf) {
    const named = schema.allOf.filter((part) => isReference(part)).map((part) => typeText(part, resolve))
    return named.length > 0 ? `all of ${named.join(' and ')}` : 'object'
  }
  if (schema.items) return [`array of ${typeText(schema.items, resolve)}`, ...limitsOf(schema)].join(', ')
  if (schema.additionalProperties) return `map of ${typeText(schema.additionalProperties, resolve)}`
  const types = [schema.type ?? (schema.properties ? 'object' : 'any')].flat()
  return [types.join(' or '), ...limitsOf(schema)].join(', ')
}

export const schemaHeading = (name: string) => `Schema ${name}`

const schemaLink = (name: string) => `[${name}](#${slug(schemaHeading(name))})`

const limits = ['format', 'minimum', 'maximum', 'minLength', 'maxLength', 'pattern', 'minItems', 'maxItems'] as const

export const limitsOf = (schema: Schema): string[] =>
  limits.filter((limit) => schema[limit] !== undefined).map((limit) => `${limit} ${codeSpan(schema[limit])}`)
