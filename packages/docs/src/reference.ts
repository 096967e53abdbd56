import { isReference, type Schema } from '@image-install-queue/contract'
import { callDetails, valueTable } from './calls.ts'
import type { Context, Documentation, Section } from './context.ts'
import { describeSchema } from './descriptions.ts'
import { escapeText, paragraphs, slug } from './markdown.ts'
import { dereference, fields, schemaHeading, typeText } from './schemas.ts'
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
    summary && escapeText(summary),
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
  const { resolve } = context
  const { allOf = [], ...schema } = dereference(node, resolve)
  // The type links to named parts, which list their fields.
  const own = { ...schema, allOf: allOf.filter((part) => !isReference(part)) }
  return paragraphs(
    describeSchema(node, context),
    `Type: ${typeText(node)}.`,
    variantsTable(node, resolve),
    valueTable('field', fields(own, resolve), context),
  )
}
