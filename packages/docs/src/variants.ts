import { componentName, type Resolve, type Schema } from '@image-install-queue/contract'
import { conditions } from './errors.ts'
import { codeSpan, paragraphs, table } from './markdown.ts'
import { dereference, type Field, properties } from './schemas.ts'

/**
 * A table of the properties that distinguish the variants of a union: constants, and properties that only one variant
 * requires.
 *
 * @returns undefined if the schema is not a union
 */
export function variantsTable(node: Schema, resolve: Resolve): string | undefined {
  const variants = (dereference(node, resolve).oneOf ?? []).map((reference) => ({
    name: componentName(reference),
    schema: resolve<Schema>(reference),
    fields: new Map(properties(reference, resolve).map((field) => [field.name, field])),
  }))
  const names = [...new Set(variants.flatMap(({ fields }) => [...fields.keys()]))]
  const distinguishing = names.filter((name) => {
    const found = variants.map(({ fields }) => fields.get(name))
    const constants = found.some((field) => field && dereference(field.schema, resolve).const !== undefined)
    return constants || found.filter((field) => field?.required).length === 1
  })
  if (distinguishing.length === 0) return undefined
  const rows = distinguishing.map((name) => [
    codeSpan(name),
    ...variants.map(({ fields }) => presence(fields.get(name), resolve)),
  ])
  return paragraphs(
    table(['field', ...variants.map(({ name }) => name)], rows),
    ...variants.map(({ name, schema }) => {
      const rule = schema['x-in-band-error']
      return rule && `A body with ${conditions(rule)} is an error (${name}). Check for it first.`
    }),
  )
}

function presence(field: Field | undefined, resolve: Resolve): string {
  if (!field) return '–'
  const constant = dereference(field.schema, resolve).const
  if (constant === undefined) return field.required ? 'required' : 'optional'
  return field.required ? `always ${codeSpan(constant)}` : `${codeSpan(constant)} or absent`
}
