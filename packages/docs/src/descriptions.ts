import { isReference, knownValues, type Schema } from '@image-install-queue/contract'
import type { Context } from './context.ts'
import { codeSpan, escapeText, paragraphs, withEvidence } from './markdown.ts'
import { dereference, isNamed } from './schemas.ts'
import { variantsTable } from './variants.ts'

/**
 * Returns all text about a schema and its parts, as Markdown.
 *
 * @param isWhole whether it includes what has another place in the plain reference: the texts of named parts, the known
 *   values of named schemas, and the table of variants
 */
export function describeSchema(node: Schema, context: Context, isWhole = false): string {
  const schema = dereference(node, context.resolve)
  const { deprecated, title, examples, allOf = [], items = [], additionalProperties = [] } = schema
  const parts = [allOf, items, additionalProperties].flat().filter((part) => isWhole || !isReference(part))
  return paragraphs(
    deprecated && '**Deprecated.**',
    title && `**${escapeText(title)}.**`,
    withEvidence(schema, context.legend),
    examples && `For example ${examples.map(codeSpan).join(', ')}.`,
    (isWhole || !isNamed(node)) && knownValuesList(schema),
    isWhole && variantsTable(node, context.resolve),
    ...parts.map((part) => describeSchema(part, context, isWhole)),
  )
}

/** The values of an enum or extensible enum. */
function knownValuesList(schema: Schema): string | undefined {
  if (schema.enum) return `One of: ${schema.enum.map(codeSpan).join(', ')}.`
  const values = knownValues(schema).map(({ value, name = '', meaning }) =>
    `- ${codeSpan(value)} ${name}`.trim().concat(meaning ? `: ${meaning}` : ''),
  )
  return values.length === 0 ? undefined : paragraphs('Known values (others may appear):', values.join('\n'))
}
