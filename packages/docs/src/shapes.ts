import { at, conditionText, listAt } from '@image-install-queue/contract/old/extension'
import { isReference, type Resolve } from '@image-install-queue/contract/old/resolve'
import { code, paragraphs, table } from './markdown.ts'
import { type Field, members, properties, type Schema, type SchemaNode, schemaOf } from './schemas.ts'

type Discriminator = NonNullable<Schema['discriminator']>

/**
 * What tells the alternatives of a union apart, as a Markdown table: the discriminator, constants, and properties that
 * only one of them requires.
 *
 * @returns nothing when the schema is no union, or when no property tells its members apart
 */
export function shapes(node: SchemaNode | undefined, resolve: Resolve): string | undefined {
  const union = schemaOf(node, resolve)
  const alternatives = members(union, resolve).map(({ name, node: member }) => ({
    name,
    node: member,
    schema: schemaOf(member, resolve),
    fields: new Map(properties(member, resolve).map((field) => [field.name, field])),
  }))
  const names = [...new Set(alternatives.flatMap(({ fields }) => [...fields.keys()]))]
  const telling = names.filter((name) => {
    const found = alternatives.map(({ fields }) => fields.get(name))
    const constants = found.some((field) => field && schemaOf(field.node, resolve).const !== undefined)
    return constants || found.filter((field) => field?.required).length === 1
  })
  const discriminator = union.discriminator
  const rows = telling
    .filter((name) => name !== discriminator?.propertyName)
    .map((name) => [code(name), ...alternatives.map(({ fields }) => presence(fields.get(name), resolve))])
  if (discriminator) {
    const values = alternatives.map(
      ({ name, node: member }) => `always ${discriminatorValue(discriminator, name, member)}`,
    )
    rows.unshift([code(discriminator.propertyName), ...values])
  }
  if (rows.length === 0) return undefined
  return paragraphs(
    table(['field', ...alternatives.map(({ name }) => name)], rows),
    ...alternatives.map(({ name, schema }) => inBandError(name, schema)),
  )
}

/** The mapping may hold a reference or a schema name; without one, the name itself is the value. */
function discriminatorValue(discriminator: Discriminator, name: string, member: SchemaNode): string {
  const targets = isReference(member) ? [member.$ref, name] : [name]
  const found = Object.entries(discriminator.mapping ?? {}).find(([, target]) => targets.includes(target))
  return code(found?.[0] ?? name)
}

function presence(field: Field | undefined, resolve: Resolve): string {
  if (!field) return '–'
  const constant = schemaOf(field.node, resolve).const
  if (constant === undefined) return field.required ? 'always there' : 'may be there'
  return field.required ? `always ${code(constant)}` : `${code(constant)} or absent`
}

/** The sentence for a schema that marks itself as an error behind a success status. */
function inBandError(name: string, schema: object): string | undefined {
  const conditions = listAt(at(schema, 'x-in-band-error'), 'when').map(conditionText)
  if (conditions.length === 0) return undefined
  return `A body with ${conditions.join(' or ')} is an error: ${name}. Look for it first.`
}
