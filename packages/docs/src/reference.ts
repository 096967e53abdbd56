import type { Resolve, Schema } from '@image-install-queue/contract'
import { callDetails, fieldTable } from './calls.ts'
import type { Context, Documentation, Section } from './context.ts'
import { knownValuesTable } from './known-values.ts'
import { escapeText, paragraphs, slug, withEvidence } from './markdown.ts'
import { allDescriptions, dereference, type Field, fields, schemaHeading, typeText } from './schemas.ts'
import { schemasTitle } from './sections.ts'
import { variantsTable } from './variants.ts'

/** The whole contract as Markdown: the plain reference. */
export function reference(documentation: Documentation): string {
  const { document, opening, sections } = documentation
  const { title, version, summary, contact } = document.info
  const titles = [...sections.map((section) => section.title), schemasTitle]
  const { name = '', url, email } = contact ?? {}
  return `${paragraphs(
    `# ${escapeText(`${title} ${version}`)}`,
    summary && escapeText(summary.trim()),
    opening,
    contact && `Contact: ${[escapeText(name), url, email].filter(Boolean).join(', ')}`,
    '**Contents**',
    titles.map((title) => `- [${escapeText(title)}](#${slug(title)})`).join('\n'),
    ...sections.map((section) => sectionMarkdown(section, documentation)),
    `## ${schemasTitle}`,
    ...Object.entries(document.components?.schemas ?? {}).flatMap(([name, schema]) => [
      `### ${schemaHeading(name)}`,
      schemaText(schema, documentation),
    ]),
  )}\n`
}

/** A section with its heading, complete without Redoc. */
export const sectionMarkdown = ({ title, markdown, call }: Section, context: Context): string =>
  paragraphs(`## ${escapeText(title)}`, markdown, call && callDetails(call, context))

function schemaText(node: Schema, context: Context): string {
  const { resolve, legend } = context
  const schema = dereference(node, resolve)
  return paragraphs(
    schema.deprecated && '**Deprecated.**',
    withEvidence({ ...schema, description: paragraphs(...allDescriptions(schema, resolve)) }, legend),
    `Type: ${typeText(schema, resolve)}.`,
    variantsTable(schema, resolve),
    knownValuesTable(schema),
    fieldTable('field', ownFields(schema, resolve), context),
  )
}

/** The fields of an object. Those of its named parts are left out, because the type links to these. */
function ownFields(schema: Schema, resolve: Resolve): Field[] {
  const parts = [schema, ...(schema.allOf ?? [])].filter((part) => !part.$ref)
  return parts.flatMap(({ allOf: _, ...part }) => fields(part, resolve))
}
