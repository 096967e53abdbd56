import { type Document, type Evidence, type Operation, resolver } from '@image-install-queue/contract'
import { authentication, authenticationHeading } from './authentication.ts'
import { errorSection } from './errors.ts'
import { distinct, readSections, type Section } from './introduction.ts'
import { evidenceChip, type Links } from './links.ts'
import { code, paragraphs } from './markdown.ts'
import { scenarioSection } from './scenarios.ts'

/** What stands around the calls, in the order of both pages. */
export interface Layout {
  readonly introduction: string
  readonly before: readonly Section[]
  readonly after: readonly Section[]
}

/**
 * Orders the sections of the contract's text and those made from the contract. The text's first two, which are for the
 * first minute, come before the calls; its third comes after what belongs to every call.
 */
export function layout(document: Document, operations: readonly Operation[], links: Links): Layout {
  const { introduction, sections } = readSections(document.info.description ?? '')
  const chip = (evidence: Evidence) => evidenceChip(evidence, links)
  const made = [
    { name: 'What can go wrong', text: errorSection(operations, resolver(document), links) },
    { name: authenticationHeading, text: authentication(document, chip) },
    { name: 'What the mock answers', text: scenarioSection(operations) },
  ]
  // What is made keeps its name, whatever the text calls its own sections.
  const named = distinct([...made, ...sections])
  const [own, texts] = [named.slice(0, made.length), named.slice(made.length)]
  const after = [...own.slice(0, 2), ...texts.slice(2, 3), ...own.slice(2), ...texts.slice(3)]
  return { introduction, before: texts.slice(0, 2), after: after.filter(({ text }) => text.trim() !== '') }
}

/** The calls by their tags, with what each tag says. */
export function callList(document: Document, operations: readonly Operation[], links: Links): string {
  const lines = (tag: string | undefined) =>
    operations
      .filter(({ node }) => node.tags?.[0] === tag)
      .map(({ operationId, method, path, node }) => {
        const target = links.operation(operationId)
        return `- **${method.toUpperCase()}** [${code(path)}](${target}) ${node.summary ?? operationId}`
      })
      .join('\n')
  const groups = (document.tags ?? []).map(({ name, description }) =>
    paragraphs(description && `**${name}.** ${description.trim()}`, lines(name)),
  )
  return paragraphs(lines(undefined), ...groups)
}
