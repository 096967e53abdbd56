import { claimedMember, componentName, type Resolve, type Schema } from '@image-install-queue/contract'
import type { Context } from './context.ts'
import { conditions } from './errors.ts'
import { codeSpan, paragraphs, table } from './markdown.ts'
import { type Field, properties, whole } from './schemas.ts'

/**
 * What tells the alternatives of a union apart, as a Markdown table: constants, and properties that only one of them
 * requires.
 *
 * @returns nothing when the schema is no union
 */
export function shapes(node: Schema, resolve: Resolve): string | undefined {
  const alternatives = (whole(node, resolve).oneOf ?? []).map((reference) => ({
    name: componentName(reference),
    schema: resolve<Schema>(reference),
    fields: new Map(properties(reference, resolve).map((field) => [field.name, field])),
  }))
  const names = [...new Set(alternatives.flatMap(({ fields }) => [...fields.keys()]))]
  const telling = names.filter((name) => {
    const found = alternatives.map(({ fields }) => fields.get(name))
    const constants = found.some((field) => field && whole(field.schema, resolve).const !== undefined)
    return constants || found.filter((field) => field?.required).length === 1
  })
  if (telling.length === 0) return undefined
  const rows = telling.map((name) => [
    codeSpan(name),
    ...alternatives.map(({ fields }) => presence(fields.get(name), resolve)),
  ])
  return paragraphs(
    table(['field', ...alternatives.map(({ name }) => name)], rows),
    ...alternatives.map(({ name, schema }) => {
      const rule = schema['x-in-band-error']
      return rule && `A body with ${conditions(rule)} is an error: ${name}. Look for it first.`
    }),
  )
}

/** The name of the member of a union that a value is. */
export function memberName(value: unknown, union: Schema, { document, resolve }: Context): string | undefined {
  const members = resolve(union).oneOf ?? []
  const member = members[claimedMember(value, members, document)]
  return member && componentName(member)
}

function presence(field: Field | undefined, resolve: Resolve): string {
  if (!field) return '–'
  const constant = whole(field.schema, resolve).const
  if (constant === undefined) return field.required ? 'always there' : 'may be there'
  return field.required ? `always ${codeSpan(constant)}` : `${codeSpan(constant)} or absent`
}
