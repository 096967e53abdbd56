import { type Document, readOperations, resolver } from '@image-install-queue/contract'
import { lexer } from 'marked'
import { authentication } from './authentication.ts'
import { callHead, callList } from './calls.ts'
import type { Call, Context, Documentation, Section } from './context.ts'
import { errors } from './errors.ts'
import { createSlugger, link, paragraphs, slug } from './markdown.ts'
import { mockResponses } from './mock-responses.ts'

const titles = {
  errors: 'Errors',
  authentication: 'Authentication',
  mockResponses: 'Mock responses',
  schemas: 'Schemas',
}

export const schemasTitle = titles.schemas

/**
 * The order of the sections. Strings are titles of sections of the contract's text (`info.description`). Those that are not
 * listed come last, in the order of the contract.
 */
const layout = [
  'Three things to know first',
  'Try it without keys',
  { calls: true },
  { title: titles.errors, write: errors },
  { title: titles.authentication, write: authentication },
  'Get the client',
  { title: titles.mockResponses, write: mockResponses },
  'How sure is this?',
  'Unknowns',
  'Operator',
] as const

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
  const uniqueTitle = createSlugger()
  for (const title of Object.values(titles)) uniqueTitle(title)
  const own = texts.map((text) => textSection(uniqueTitle(text.title), text.markdown))
  const calls = readOperations(document).map((operation) => {
    const title = uniqueTitle(operation.node.summary ?? operation.operationId)
    return { ...operation, title, id: slug(title) }
  })
  const legend = own.find(({ markdown }) => explainsEvidence(markdown))?.id
  const context = { document, resolve: resolver(document), calls, legend, authentication: slug(titles.authentication) }

  const placed = layout.flatMap((entry): Section[] => {
    if (typeof entry === 'string') return own.filter(({ title }) => title === entry)
    if ('calls' in entry) return calls.map((call) => callSection(call, context))
    return [textSection(entry.title, entry.write(context))]
  })
  const sections = [...placed, ...own.filter((section) => !placed.includes(section))]
  return {
    ...context,
    opening: opening(introduction, context),
    sections: sections.filter(({ markdown }) => markdown.trim() !== ''),
  }
}

const textSection = (title: string, markdown: string): Section => ({
  title,
  id: slug(title),
  address: `/${slug(title)}`,
  markdown,
})

/** Redoc lists calls without a tag under `other`. */
const callSection = (call: Call, context: Context): Section => ({
  title: call.title,
  id: call.id,
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

/** Whether a text has a table whose first column is headed `evidence`. */
const explainsEvidence = (markdown: string): boolean =>
  lexer(markdown).some((token) => token.type === 'table' && token.header[0].text === 'evidence')
