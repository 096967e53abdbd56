import { componentName, flattenObject, type Resolve, type Schema } from '@image-install-queue/contract'
import { conditions } from './errors.ts'
import { codeSpan, paragraphs, table } from './markdown.ts'

/**
 * A table of the properties that distinguish the variants of a union: constants, and properties that only one variant
 * requires.
 *
 * @returns undefined if the schema is not a union
 */
export function variantsTable(node: Schema, resolve: Resolve): string | undefined {
  const variants = (resolve(node).oneOf ?? []).map((reference) => ({
    name: componentName(reference),
    rule: resolve<Schema>(reference)['x-in-band-error'],
    ...flattenObject(reference, resolve),
  }))
  const names = [...new Set(variants.flatMap(({ properties }) => [...properties.keys()]))]
  const distinguishing = names.filter(
    (name) =>
      variants.some(({ properties }) => properties.get(name)?.const !== undefined) ||
      variants.filter(({ required }) => required.has(name)).length === 1,
  )
  if (distinguishing.length === 0) return undefined
  const rows = distinguishing.map((name) => [
    codeSpan(name),
    ...variants.map(({ properties, required }) => presence(properties.get(name), required.has(name))),
  ])
  return paragraphs(
    table(['field', ...variants.map(({ name }) => name)], rows),
    ...variants.map(
      ({ name, rule }) => rule && `A body with ${conditions(rule)} is an error (${name}). Check for it first.`,
    ),
  )
}

function presence(field: Schema | undefined, isRequired: boolean): string {
  if (!field) return '–'
  if (field.const === undefined) return isRequired ? 'required' : 'optional'
  return isRequired ? `always ${codeSpan(field.const)}` : `${codeSpan(field.const)} or absent`
}
