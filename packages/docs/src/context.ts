import { type Document, type Operation, type Resolve, readOperations, resolver } from '@image-install-queue/contract'
import { distinct, hasLegend, readSections, type Section } from './introduction.ts'

/** What a form of the page is made from. */
export interface Context {
  readonly document: Document
  readonly resolve: Resolve
  /** What the contract's text says before its first section. */
  readonly introduction: string
  /** The sections of the contract's text. */
  readonly sections: readonly Section[]
  readonly calls: readonly Call[]
  /** The address of the section that says what the words for evidence mean. */
  readonly legend: string | undefined
}

export interface Call extends Operation {
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
  const own = Object.values(headings)
  const names = distinct([
    ...own,
    ...sections.map(({ name }) => name),
    ...operations.map(({ node, operationId }) => node.summary ?? operationId),
  ]).slice(own.length)
  const named = sections.map((section, index) => ({ ...section, name: names[index] ?? section.name }))
  const legend = named.find(({ text }) => hasLegend(text))
  return {
    document,
    resolve: resolver(document),
    introduction,
    sections: named,
    calls: operations.map((operation, index) => {
      const heading = names[sections.length + index] ?? operation.operationId
      return { ...operation, heading, address: address(heading, operation.operationId) }
    }),
    legend: legend && address(legend.name),
  }
}
