import { readOperations } from '@image-install-queue/spec/read/operations'
import { resolver } from '@image-install-queue/spec/read/resolve'
import type { Oas3_1Definition } from '@redocly/openapi-core'
import { knownValues } from './known-values.ts'
import { code, paragraphs } from './markdown.ts'
import type { Sample } from './samples.ts'
import { scenarioSections } from './scenarios.ts'
import { evidenceOf } from './schemas.ts'
import { securityList } from './security.ts'
import { shapes } from './shapes.ts'
import { groups } from './tags.ts'

/**
 * The document as Redoc is to show it: what Redoc does not render stands in descriptions, the calls come first, and
 * the sections of the introduction follow them.
 *
 * @param contract the document as it is published; it is not changed
 * @param samples the code samples of an operation
 */
export function decorate(contract: Oas3_1Definition, samples: (operationId: string) => Sample[]): Oas3_1Definition {
  const document = structuredClone(contract)
  const resolve = resolver(document)
  const operations = readOperations(document)
  const [introduction, ...sections] = (document.info?.description ?? '').split(/^(?=## )/m)
  const calls = operations.map(
    ({ method, path, operationId, node }) =>
      `- **${method.toUpperCase()}** [${code(path)}](#/other/${operationId.toLowerCase()}) ${node.summary ?? ''}`,
  )
  const authentication = securityList(document, resolve)
  const scenarios = scenarioSections(operations)
  const tags = groups(document)

  appendFacts(document)
  for (const { operationId, method, path, node, parameters } of operations) {
    delete node.tags
    node.description = paragraphs(`**${method.toUpperCase()}** ${code(path)}`, node.description)
    node['x-codeSamples'] = samples(operationId).map(({ label, source }) => ({ lang: label, label, source }))
    for (const parameter of parameters) delete parameter.examples
  }
  // A set, since several operations may refer to one response.
  const bodies = operations.flatMap(({ requestBody, responses }) => [requestBody ?? [], ...responses.values()].flat())
  for (const body of new Set(bodies)) {
    const told = Object.values(body.content ?? {}).map(({ schema }) => shapes(schema, resolve))
    body.description = paragraphs(body.description, ...new Set(told))
  }

  // Redoc puts operations without a tag under the empty name; declared first, it comes before the sections.
  document.tags = [
    { name: '' },
    ...(scenarios ? [section('Scenarios', scenarios)] : []),
    ...(authentication ? [section('Authentication', authentication)] : []),
    ...sections.map((text) => {
      const [heading = '', ...rest] = text.split('\n')
      return section(heading.slice(3).trim(), rest.join('\n'))
    }),
    ...tags.map(({ name, description }) => section(name, description)),
  ]
  if (document.info) document.info.description = paragraphs(introduction, calls.join('\n'), links)
  return document
}

const links = [
  'The same without JavaScript: [plain page](reference.html), [Markdown](reference.md).',
  'The contract itself: [openapi.yaml](openapi.yaml), [openapi.json](openapi.json).',
].join(' ')

/** A tag that holds no operation but text. */
function section(name: string, description: string) {
  return { name, description: description.trim(), 'x-traitTag': true }
}

/** Adds evidence and known values, which are extensions to Redoc, to every description in the document. */
function appendFacts(node: unknown): void {
  if (typeof node !== 'object' || node === null) return
  const evidence = evidenceOf(node)
  const open = Reflect.has(node, 'x-extensible-enum') ? knownValues(node) : undefined
  if (evidence !== undefined || open !== undefined) {
    const description: unknown = Reflect.get(node, 'description')
    const facts = [open, evidence && `Evidence: *${evidence}*`]
    Reflect.set(node, 'description', paragraphs(typeof description === 'string' ? description : '', ...facts))
  }
  for (const value of Object.values(node)) appendFacts(value)
}
