import { type Document, readOperations, resolver } from '@image-install-queue/contract'
import { hasLegend, namer, readSections } from './introduction.ts'

/** What a form of the page is made from. */
export type Context = ReturnType<typeof readContext>

export type PageCall = Context['calls'][number]

/** The headings that no text of the contract can take, whatever it calls its own sections. */
export const headings = {
  errors: 'What can go wrong',
  authentication: 'Authentication',
  scenarios: 'What the mock answers',
  schemas: 'Schemas',
}

/** @param address the place of a heading in this form of the page, which is that of a call where one is named */
export function readContext(document: Document, address: (heading: string, operationId?: string) => string) {
  const { introduction, sections } = readSections(document.info.description ?? '')
  const named = namer()
  for (const heading of Object.values(headings)) named(heading)
  const told = sections.map((section) => ({ ...section, name: named(section.name) }))
  const legend = told.find(({ text }) => hasLegend(text))
  return {
    document,
    resolve: resolver(document),
    /** What the contract's text says before its first section. */
    introduction,
    /** The sections of the contract's text. */
    sections: told,
    /** Each with a heading unlike every other of the page. */
    calls: readOperations(document).map((operation) => {
      const heading = named(operation.node.summary ?? operation.operationId)
      return { ...operation, heading, address: address(heading, operation.operationId) }
    }),
    /** The address of the section that says what the words for evidence mean. */
    legend: legend && address(legend.name),
    /** The address of the section on authentication. */
    authentication: address(headings.authentication),
  }
}
