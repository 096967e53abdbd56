import {
  type Document,
  type JsonContent,
  type Operation,
  type Resolve,
  type ResponseNode,
  readOperations,
  resolver,
  type Schema,
} from '@image-install-queue/contract'
import { schemeName } from './authentication.ts'
import { exampleText } from './example-text.ts'
import { distinct } from './introduction.ts'
import { knownValuesLine, knownValuesTable } from './known-values.ts'
import { evidenceChip, type Links, plainLinks, withEvidence } from './links.ts'
import { code, fence, link, paragraphs, plain, slug, table } from './markdown.ts'
import { samplesOf } from './samples.ts'
import { fields, schemaHeading, typeText, whole } from './schemas.ts'
import { callList, layout } from './sections.ts'
import { shapes } from './shapes.ts'

/** What every part of the reference is made with. */
interface Context {
  readonly document: Document
  readonly resolve: Resolve
  readonly links: Links
}

/** The whole contract as Markdown, for readers without JavaScript, for paper and for text tools. */
export function reference(document: Document): string {
  const { info, externalDocs, components = {} } = document
  const operations = readOperations(document)
  const headed = headings(document, operations)
  const links = plainLinks(document, headed)
  const context = { document, resolve: resolver(document), links }
  const { introduction, before, after } = layout(document, operations, links)
  const sections = [
    ...before,
    ...operations.map((operation) => ({
      name: headed.get(operation.operationId) ?? operation.operationId,
      text: operationText(operation, context),
    })),
    ...after,
    {
      name: 'Schemas',
      text: paragraphs(
        ...Object.entries(components.schemas ?? {}).map(([name, schema]) =>
          paragraphs(`### ${schemaHeading(name)}`, schemaText(schema, context)),
        ),
      ),
    },
  ]
  return `${paragraphs(
    `# ${plain(`${info.title} ${info.version}`)}`,
    info.summary && plain(info.summary),
    introduction,
    callList(document, operations, links),
    '[The page with search](index.html). The contract as a file: [openapi.yaml](openapi.yaml), [openapi.json](openapi.json).',
    externalDocs && link(externalDocs),
    `**Contents**\n\n${sections.map(({ name }) => `- [${plain(name)}](#${slug(name)})`).join('\n')}`,
    ...sections.flatMap(({ name, text }) => [`## ${plain(name)}`, text]),
  )}\n`
}

/** A heading for each operation, unlike every other of the page. */
function headings(document: Document, operations: readonly Operation[]): ReadonlyMap<string, string> {
  // Sections have the same names whatever their links lead to.
  const { before, after } = layout(document, operations, plainLinks(document, new Map()))
  const taken = [...before, ...after, { name: 'Schemas' }]
  const named = distinct([
    ...taken,
    ...operations.map(({ node, operationId }) => ({ name: node.summary ?? operationId })),
  ])
  return new Map(
    operations.map(({ operationId }, index) => [operationId, named[taken.length + index]?.name ?? operationId]),
  )
}

function operationText(operation: Operation, { document, resolve, links }: Context): string {
  const { node, method, path, operationId, parameters, requestBody, responses, examples, security } = operation
  const schemes = security.map((name) => {
    const scheme = document.components?.securitySchemes?.[name ?? '']
    return name !== undefined && scheme ? schemeName(name, scheme) : 'none'
  })
  return paragraphs(
    `**${method.toUpperCase()}** ${code(path)}`,
    node.deprecated && '**Deprecated.**',
    withEvidence(node, links),
    table(
      ['in the client', 'changes state', 'authentication'],
      [[code(operationId), operation.isStateChanging ? 'yes' : 'no', schemes.join(' or ') || 'none']],
    ),
    node.externalDocs && link(node.externalDocs),
    parameters.length > 0 && '### Parameters',
    valueTable(
      'parameter',
      parameters.map((told) => ({ ...told, told, name: `${code(told.name)} in ${told.in}` })),
      { document, resolve, links },
    ),
    requestBody && '### Request body',
    requestBody && withEvidence(requestBody, links),
    requestBody && bodyType(requestBody.content, resolve),
    '### Responses',
    table(
      ['status', 'meaning', 'body'],
      [...responses].map(([status, response]) => [
        status,
        withEvidence(response, links),
        bodyType(response.content, resolve),
      ]),
    ),
    ...[...responses].map(([status, response]) => responseText(status, response, { document, resolve, links })),
    '### Samples',
    ...samplesOf(operation, document).map(
      ({ label, language, source }) => `**${label}**\n\n${fence(language, source)}`,
    ),
    examples.length > 0 && '### Example answers',
    ...examples.map((example, index) => exampleText(example, examples.slice(0, index))),
  )
}

const bodyType = (content: JsonContent | undefined, resolve: Resolve): string =>
  content ? typeText(content['application/json'].schema, resolve) : 'none'

/** What a table row cannot hold: headers, and the shapes of a union. */
function responseText(status: string, { headers, content }: ResponseNode, context: Context): string {
  const rows = Object.entries(headers ?? {}).map(([name, told]) => ({ ...told, told, name: code(name) }))
  const told = content && shapes(content['application/json'].schema, context.resolve)
  return paragraphs(valueTable(`header of ${status}`, rows, context), told && `#### Body of ${status}`, told)
}

function schemaText(node: Schema, context: Context): string {
  const { resolve, links } = context
  const schema = whole(node, resolve)
  return paragraphs(
    schema.deprecated && '**Deprecated.**',
    withEvidence(schema, links),
    `Type: ${typeText(schema, resolve)}.`,
    shapes(schema, resolve),
    knownValuesTable(schema),
    valueTable(
      'field',
      ownFields(schema, resolve).map(({ name, required, schema: field }) => ({
        name: code(name),
        required,
        schema: field,
        told: whole(field, resolve),
      })),
      context,
    ),
  )
}

/** The fields of an object without those of named parts, which its type leads to. */
function ownFields(schema: Schema, resolve: Resolve) {
  const parts = [schema, ...(schema.allOf ?? [])].filter((part) => !part.$ref)
  return parts.flatMap(({ allOf: _, ...part }) => fields(part, resolve))
}

interface Value {
  readonly name: string
  readonly required?: boolean
  readonly schema: Schema
  /** What carries description and evidence. */
  readonly told: Parameters<typeof withEvidence>[0] & { readonly deprecated?: boolean }
}

/** A row for each value, with what belongs to it; known values only where no link leads to them. */
function valueTable(kind: string, values: readonly Value[], { resolve, links }: Context): string | undefined {
  if (values.length === 0) return undefined
  const rows = values.map(({ name, required, schema: node, told }) => {
    const schema = whole(node, resolve)
    const known = [node, node.items, node.additionalProperties].map(
      (part) => part && !part.$ref && !part.anyOf && knownValuesLine(part),
    )
    const examples = schema.examples && `For example ${schema.examples.map(code).join(', ')}.`
    const evidence = told['x-evidence']
    const meaning = paragraphs(told.deprecated && '**Deprecated.**', told.description, ...known, examples)
    const chip = evidence ? evidenceChip(evidence, links) : ''
    return [name, typeText(node, resolve), required ? 'required' : 'optional', meaning, chip]
  })
  return table([kind, 'type', 'needed', 'meaning', 'evidence'], rows)
}
