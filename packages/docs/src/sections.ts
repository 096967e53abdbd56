import { type Document, readOperations, resolver } from '@image-install-queue/contract'
import { lexer } from 'marked'
import { authentication } from './authentication.ts'
import { callHead, callList } from './calls.ts'
import type { Call, Context, Documentation, Section } from './context.ts'
import { errors } from './errors.ts'
import { link, paragraphs, slug } from './markdown.ts'
import { mockResponses } from './mock-responses.ts'

/** The sections that are written from the contract, by their titles. */
const written = { Errors: errors, Authentication: authentication, 'Mock responses': mockResponses }

export const schemasTitle = 'Schemas'

const legendTitle = 'How sure is this?'

/**
 * The order of the sections: of those in {@link written}, of all calls, and of the contract's text (`info.description`).
 * Those that are not listed come last, in the order of the contract.
 */
const order = [
  'Three things to know first',
  'Try it without keys',
  'Calls',
  'Errors',
  'Authentication',
  'Get the client',
  'Mock responses',
  legendTitle,
  'Unknowns',
  'Operator',
]

/** Addresses under which sections were known before they were renamed. */
export const formerAddresses: Readonly<Record<string, readonly string[]>> = {
  '/errors': ['/what-can-go-wrong'],
  '/mock-responses': ['/what-the-mock-answers'],
  '/unknowns': ['/what-is-not-known'],
  '/operator': ['/who-runs-the-api'],
}

/** Reads a contract into the one list of sections that every form of the documentation is made from. */
export function readDocumentation(document: Document): Documentation {
  const { introduction, texts } = splitText(document.info.description ?? '')
  const taken = new Set([...Object.keys(written), schemasTitle].map(slug))
  const uniqueTitle = (title: string): string => {
    let free = title
    for (let count = 2; taken.has(slug(free)); count++) free = `${title} (${count})`
    taken.add(slug(free))
    return free
  }
  const own = texts.map(({ title, markdown }) => textSection(uniqueTitle(title), markdown))
  const calls = readOperations(document).map((operation) => ({
    ...operation,
    title: uniqueTitle(operation.node.summary ?? operation.operationId),
  }))
  const legend = own.some(({ title }) => title === legendTitle) ? slug(legendTitle) : undefined
  const context = { document, resolve: resolver(document), calls, legend }
  const sections = [
    ...calls.map((call) => callSection(call, context)),
    ...Object.entries(written).map(([title, write]) => textSection(title, write(context))),
    ...own,
  ]
  return {
    ...context,
    opening: opening(introduction, context),
    sections: sections.filter(({ markdown }) => markdown.trim() !== '').toSorted((a, b) => place(a) - place(b)),
  }
}

function place({ title, call }: Section): number {
  const index = order.indexOf(call ? 'Calls' : title)
  return index === -1 ? order.length : index
}

const textSection = (title: string, markdown: string): Section => ({ title, address: `/${slug(title)}`, markdown })

/** Redoc lists calls without a tag under `other`. */
const callSection = (call: Call, context: Context): Section => ({
  title: call.title,
  address: `/other/${call.operationId.toLowerCase()}`,
  markdown: callHead(call, context),
  call,
})

function opening(introduction: string, context: Context): string {
  const { externalDocs } = context.document
  return paragraphs(
    introduction,
    callList(context),
    'This page: [interactive](index.html), [plain](reference.html), [Markdown](reference.md). The contract: [openapi.yaml](openapi.yaml), [openapi.json](openapi.json).',
    externalDocs && link(externalDocs),
  )
}

/** Splits a text at its headings of the second level. */
function splitText(markdown: string) {
  let introduction = ''
  const texts: { title: string; markdown: string }[] = []
  for (const token of lexer(markdown)) {
    const last = texts.at(-1)
    if (token.type === 'heading' && token.depth === 2) texts.push({ title: token.text, markdown: '' })
    else if (last) last.markdown += token.raw
    else introduction += token.raw
  }
  return { introduction, texts }
}
