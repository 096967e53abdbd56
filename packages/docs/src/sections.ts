import { authentication, schemesOf } from './authentication.ts'
import { type Context, headings, type PageCall } from './context.ts'
import { errorSection } from './errors.ts'
import { withEvidence } from './evidence.ts'
import type { Section } from './introduction.ts'
import { codeSpan, link, paragraphs } from './markdown.ts'
import { scenarioSection } from './scenarios.ts'

/**
 * What stands around the calls, in the order of both forms of the page. The first two sections of the contract's text,
 * which are for the first minute, come before the calls; its third comes after what belongs to every call.
 */
export function aroundCalls(context: Context): { before: readonly Section[]; after: readonly Section[] } {
  const [first, second, third, ...rest] = context.sections
  const after = [
    { name: headings.errors, text: errorSection(context) },
    { name: headings.authentication, text: authentication(context) },
    third,
    { name: headings.scenarios, text: scenarioSection(context) },
    ...rest,
  ]
  const written = (all: readonly (Section | undefined)[]) => all.flatMap((one) => (one?.text.trim() ? [one] : []))
  return { before: written([first, second]), after: written(after) }
}

const forms = [
  'This page: [with search](index.html), [without JavaScript](reference.html), [as Markdown](reference.md).',
  'The contract itself: [openapi.yaml](openapi.yaml), [openapi.json](openapi.json).',
].join(' ')

/** What stands before the first section. */
export function opening(context: Context): string {
  const { externalDocs } = context.document
  return paragraphs(context.introduction, callList(context), forms, externalDocs && link(externalDocs))
}

/** What is said of a call before its parameters. */
export function callHead(call: PageCall, { document, legend, authentication }: Context): string {
  const { node, method, path, operationId, isStateChanging } = call
  return paragraphs(
    `**${method.toUpperCase()}** ${codeSpan(path)}`,
    node.deprecated && '**Deprecated.**',
    withEvidence(node, legend),
    `In the client: ${codeSpan(operationId)}, which changes ${isStateChanging ? 'state' : 'nothing'}. [${headings.authentication}](${authentication}): ${schemesOf(call, document)}.`,
    node.externalDocs && link(node.externalDocs),
  )
}

/** The calls by their tags, with what each tag says. */
function callList({ document, calls }: Context): string {
  const lines = (tag: string | undefined) =>
    calls
      .filter(({ node }) => node.tags?.[0] === tag)
      .map(
        ({ method, path, address, heading }) =>
          `- **${method.toUpperCase()}** [${codeSpan(path)}](${address}) ${heading}`,
      )
      .join('\n')
  const groups = (document.tags ?? []).map(({ name, description }) =>
    paragraphs(description && `**${name}.** ${description.trim()}`, lines(name)),
  )
  return paragraphs(lines(undefined), ...groups)
}
