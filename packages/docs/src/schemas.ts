import { textAt } from '@image-install-queue/contract/old/extension'
import { componentName, isReference, type Resolve } from '@image-install-queue/contract/old/resolve'
import type { Oas3_1Schema as Schema } from '@redocly/openapi-core'
import { code, slug } from './markdown.ts'

export type { Schema }

/** What may stand where a schema is expected. */
export type SchemaNode = Schema | { $ref: string } | boolean

export interface Field {
  /** Name of the property; `owner.name` and `tags[].id` for those of inline objects. */
  readonly name: string
  readonly required: boolean
  readonly node: SchemaNode
}

/** A schema without its reference; `true` and `false` allow anything and nothing, and tell a reader as little. */
export function schemaOf(node: SchemaNode | undefined, resolve: Resolve): Schema {
  const schema = node === undefined || typeof node === 'boolean' ? {} : resolve(node)
  return typeof schema === 'boolean' ? {} : schema
}

/** `x-evidence`: how sure the contract is of this. */
export const evidenceOf = (node: object): string | undefined => textAt(node, 'x-evidence')

/** The properties of an object with those it takes from `allOf`, in the order of the document. */
export function properties(node: SchemaNode, resolve: Resolve): Field[] {
  const schema = schemaOf(node, resolve)
  const own = Object.entries(schema.properties ?? {}).map(([name, node]) => ({ name, required: false, node }))
  const parts = [...(schema.allOf ?? []).flatMap((part) => properties(part, resolve)), ...own]
  const required = new Set(schema.required)
  return parts.map((field) => (required.has(field.name) ? { ...field, required: true } : field))
}

/** {@link properties}, and those of the objects written inside them. Referenced schemas are described elsewhere. */
export function fields(node: SchemaNode, resolve: Resolve, place = ''): Field[] {
  const { items, ...schema } = schemaOf(node, resolve)
  if (items) return isReference(items) ? [] : fields(items, resolve, `${place}[]`)
  return properties(schema, resolve).flatMap((field) => {
    const name = place ? `${place}.${field.name}` : field.name
    return [{ ...field, name }, ...(isReference(field.node) ? [] : fields(field.node, resolve, name))]
  })
}

/** The schema's alternatives with the name each goes by. */
export function members(schema: Schema, resolve: Resolve): { name: string; node: SchemaNode }[] {
  return (schema.oneOf ?? schema.anyOf ?? []).map((node, index) => ({
    name: isReference(node) ? componentName(node.$ref) : (schemaOf(node, resolve).title ?? `form ${index + 1}`),
    node,
  }))
}

/** Type and limits of a value in words, in Markdown; a named schema is a link to its description. */
export function typeText(node: SchemaNode | undefined, resolve: Resolve): string {
  if (isReference(node)) return `[${componentName(node.$ref)}](#${slug(schemaHeading(componentName(node.$ref)))})`
  const schema = schemaOf(node, resolve)
  if (schema.const !== undefined) return `always ${code(schema.const)}`
  const alternatives = schema.oneOf ?? schema.anyOf
  if (alternatives) return alternatives.map((part) => typeText(part, resolve)).join(' or ')
  if (schema.items) return `array of ${typeText(schema.items, resolve)}`
  const named = (schema.allOf ?? []).filter(isReference).map((part) => typeText(part, resolve))
  const types = [schema.type ?? (named.length > 0 ? named : schema.properties ? 'object' : 'any')].flat()
  const told = limits.filter((limit) => Reflect.has(schema, limit))
  return [types.join(' or '), ...told.map((limit) => `${limit} ${code(Reflect.get(schema, limit))}`)].join(', ')
}

export function schemaHeading(name: string): string {
  return `Schema ${name}`
}

const limits =
  'format minimum exclusiveMinimum maximum exclusiveMaximum multipleOf minLength maxLength pattern minItems maxItems default'.split(
    ' ',
  )
