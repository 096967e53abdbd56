import { type Document, type Operation, type Resolve, readOperations, resolver } from '@image-install-queue/contract'
import { hasLegend, namer, readSections, type Section } from './introduction.ts'

/** What a form of the page is made from. */
export interface Context {
  readonly document: Document
  readonly resolve: Resolve
  /** What the contract's text says before its first section. */
  readonly introduction: string
  /** The sections of the contract's text. */
  readonly sections: readonly Section[]
  readonly calls: readonly PageCall[]
  /** The address of the section that says what the words for evidence mean. */
  readonly legend: string | undefined
  /** The address of the section on authentication. */
  readonly authentication: string
}

export interface PageCall extends Operation {
  /** Unlike every other of the page. */
  readonly heading: string
  readonly address: string
}

/** The headings that no text of the contract can take, whatever it calls its own sections. */
export const headings = {
  errors: 'What can go wrong',
  authentication: 'Authentication',
  scenarios: 'What the mock answers',
  schemas: 'Schemas',
}

/** @param address the place of a heading in this form of the page, which is that of a call where one is named */
export function readContext(document: Document, address: (heading: string, operationId?: string) => string): Context {
  const operations = readOperations(document)
  const { introduction, sections } = readSections(document.info.description ?? '')
  const named = namer()
  for (const heading of Object.values(headings)) named(heading)
  const told = sections.map((section) => ({ ...section, name: named(section.name) }))
  const legend = told.find(({ text }) => hasLegend(text))
  return {
    document,
    resolve: resolver(document),
    introduction,
    sections: told,
    calls: operations.map((operation) => {
      const { node, operationId } = operation
      const heading = named(node.summary ?? operationId)
      return { ...operation, heading, address: address(heading, operationId) }
    }),
    legend: legend && address(legend.name),
    authentication: address(headings.authentication),
  }
}
