import { textAt } from '@image-install-queue/contract/old/extension'
import { type Operation, readOperations } from '@image-install-queue/contract/old/operations'
import { resolver } from '@image-install-queue/contract/old/resolve'
import type { Oas3_1Definition } from '@redocly/openapi-core'
import { fewCalls } from './few-calls.ts'
import { knownValuesTable } from './known-values.ts'
import { code, paragraphs } from './markdown.ts'
import type { Sample } from './samples.ts'
import { scenarioSections } from './scenarios.ts'
import { evidenceOf } from './schemas.ts'
import { securityList } from './security.ts'
import { shapes } from './shapes.ts'
import { groups } from './tags.ts'

/**
 * The document as Redoc is to show it: what Redoc does not render stands in descriptions, and the sections of the
 * introduction follow the calls. Few calls are unfolded with all that is known of them, and only the first section, which is
 * what to know first, stands before them; of many, what Redoc does not show by itself is left to the plain page.
 *
 * @param contract the document as it is published; it is not changed
 * @param samples the code samples of an operation
 */
export function decorate(contract: Oas3_1Definition, samples: (operationId: string) => Sample[]): Oas3_1Definition {
  // A copy has the shape of what it was made of.
  const document = withFacts(contract) as Oas3_1Definition
  const operations = readOperations(document)
  const few = fewCalls(contract)
  const [introduction, ...texts] = (document.info?.description ?? '').split(/^(?=## )/m)
  const sections = texts.map((text) => {
    const [heading = '', ...rest] = text.split('\n')
    return section(heading.slice(3).trim(), rest.join('\n'))
  })
  const first = few ? sections.splice(0, 1) : []
  const authentication = securityList(contract, resolver(contract))
  const scenarios = few && scenarioSections(operations)
  const tags = few ? groups(document) : []

  for (const { operationId, node, parameters } of operations) {
    node['x-codeSamples'] = samples(operationId).map(({ label, source }) => ({ lang: label, label, source }))
    for (const parameter of parameters) delete parameter.examples
  }
  if (few) unfold(document, operations)

  document.tags = [
    ...first,
    ...(document.tags ?? []),
    ...(scenarios ? [section('Scenarios', scenarios)] : []),
    ...(authentication ? [section('Authentication', authentication)] : []),
    ...sections,
    ...tags.map(({ name, description }) => section(name, description)),
  ]
  if (document.info) {
    document.info.description = paragraphs(introduction, few && operations.map(call).join('\n'), links)
  }
  return document
}

function call({ method, path, operationId, node }: Operation): string {
  return `- **${method.toUpperCase()}** [${code(path)}](#/other/${operationId.toLowerCase()}) ${node.summary ?? ''}`
}

/** Has every call open when the page opens, and tells the shapes of each body. */
function unfold(document: Oas3_1Definition, operations: readonly Operation[]): void {
  const resolve = resolver(document)
  for (const { method, path, node } of operations) {
    delete node.tags
    node.description = paragraphs(`**${method.toUpperCase()}** ${code(path)}`, node.description)
  }
  // A set, since several operations may refer to one response.
  const bodies = operations.flatMap(({ requestBody, responses }) => [requestBody ?? [], ...responses.values()].flat())
  for (const body of new Set(bodies)) {
    const told = Object.values(body.content ?? {}).map(({ schema }) => shapes(schema, resolve))
    body.description = paragraphs(body.description, ...new Set(told))
  }
  // Redoc puts operations without a tag under the empty name, and that open; declared here, it comes before the sections.
  document.tags = [{ name: '' }]
}

const links = [
  'The same without JavaScript: [plain page](reference.html), [Markdown](reference.md).',
  'The contract itself: [openapi.yaml](openapi.yaml), [openapi.json](openapi.json).',
].join(' ')

/** A tag that holds no operation but text. */
function section(name: string, description: string) {
  return { name, description: description.trim(), 'x-traitTag': true }
}

/** A copy with evidence and known values, which are extensions to Redoc, in every description. */
function withFacts(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withFacts)
  if (typeof node !== 'object' || node === null) return node
  const copy: Record<string, unknown> = { ...node }
  for (const key in copy) copy[key] = withFacts(copy[key])
  const evidence = evidenceOf(node)
  const open = Reflect.has(node, 'x-extensible-enum') ? knownValuesTable(node) : undefined
  if (evidence === undefined && open === undefined) return copy
  copy.description = paragraphs(textAt(node, 'description'), open, evidence && `Evidence: ${evidence}`)
  return copy
}
