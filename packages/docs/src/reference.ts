import { textAt } from '@image-install-queue/contract/old/extension'
import { type Operation, readOperations } from '@image-install-queue/contract/old/operations'
import { isReference, type Resolve, resolver } from '@image-install-queue/contract/old/resolve'
import type { Oas3_1Definition, Oas3Response } from '@redocly/openapi-core'
import { knownValuesLine, knownValuesTable } from './known-values.ts'
import { code, fence, link, paragraphs, plain, slug, table } from './markdown.ts'
import type { Sample } from './samples.ts'
import { scenarioTable } from './scenarios.ts'
import {
  evidenceOf,
  fields,
  members,
  type Schema,
  type SchemaNode,
  schemaHeading,
  schemaOf,
  typeText,
} from './schemas.ts'
import { securityList } from './security.ts'
import { shapes } from './shapes.ts'
import { groups } from './tags.ts'

type Response = Oas3Response<Schema>

/** The whole contract as Markdown, for readers without JavaScript and for text tools. */
export function reference(document: Oas3_1Definition, samples: (operationId: string) => Sample[]): string {
  const resolve = resolver(document)
  const { info, servers, externalDocs, components } = document
  const operations = readOperations(document)
  const heading = ({ node, operationId }: Operation) => plain(node.summary ?? operationId)
  const summary = textAt(info, 'summary')
  return `${paragraphs(
    `# ${plain(`${info?.title} ${info?.version}`)}`,
    summary && plain(summary),
    operations
      .map(
        (call) => `- **${call.method.toUpperCase()}** [${code(call.path)}](#${slug(heading(call))}) ${heading(call)}`,
      )
      .join('\n'),
    info?.description,
    externalDocs && link(externalDocs),
    'The contract as a file: [openapi.yaml](openapi.yaml), [openapi.json](openapi.json).',
    ...groups(document).map(({ name, description }) => `## ${plain(name)}\n\n${description}`),
    servers && '## Servers',
    servers &&
      table(
        ['server', 'what'],
        servers.map((server) => [code(server.url), server.description ?? '']),
      ),
    components?.securitySchemes && '## Authentication',
    securityList(document, resolve),
    ...operations.flatMap((operation) => [
      `## ${heading(operation)}`,
      operationText(operation, document, samples(operation.operationId), resolve),
    ]),
    components?.schemas && '## Schemas',
    ...Object.entries(components?.schemas ?? {}).map(([name, node]) =>
      paragraphs(`### ${schemaHeading(name)}`, schemaText(node, resolve)),
    ),
  )}\n`
}

function operationText(operation: Operation, document: Oas3_1Definition, samples: Sample[], resolve: Resolve): string {
  const { node, method, path, operationId, parameters, requestBody, responses, answers, stateChanging } = operation
  const security = (node.security ?? document.security ?? []).map((schemes) =>
    Object.keys(schemes).map(code).join(' with '),
  )
  return paragraphs(
    `**${method.toUpperCase()}** ${code(path)}`,
    node.description,
    table(
      ['operation', 'changes state', 'authentication', 'evidence'],
      [
        [
          code(operationId),
          stateChanging ? 'yes' : 'no',
          security.map((schemes) => schemes || 'none').join(' or ') || 'none',
          evidenceOf(node) ?? '',
        ],
      ],
    ),
    node.externalDocs && link(node.externalDocs),
    parameters.length > 0 && '### Parameters',
    valueTable(
      'parameter',
      parameters.map((told) => ({ ...told, told, name: `${code(told.name)} in ${told.in}` })),
      resolve,
    ),
    requestBody && '### Request body',
    requestBody?.description,
    requestBody && bodyType(requestBody.content, resolve),
    requestBody && bodyText(requestBody.content, resolve),
    '### Responses',
    table(
      ['status', 'meaning', 'body', 'evidence'],
      [...responses].map(([status, response]) => [
        status,
        response.description ?? '',
        bodyType(response.content, resolve) || 'none',
        evidenceOf(response) ?? '',
      ]),
    ),
    ...[...responses].map(([status, response]) => responseText(status, response, resolve)),
    answers.length > 0 && '### Scenarios',
    scenarioTable(operation),
    samples.length > 0 && '### Samples',
    ...samples.map(({ label, language, source }) => `**${label}**\n\n${fence(language, source)}`),
    answers.length > 0 && '### Example answers',
    ...answers.map(({ name, status, summary, value }) => {
      const title = [`<code>${plain(name)}</code>`, status, plain(summary ?? '')].filter(Boolean).join(' · ')
      return `<details><summary>${title}</summary>\n\n${fence('json', JSON.stringify(value, null, 2))}\n\n</details>`
    }),
  )
}

function bodyType(content: Response['content'], resolve: Resolve): string {
  return Object.entries(content ?? {})
    .map(([type, { schema }]) => `${code(type)} ${schema ? typeText(schema, resolve) : ''}`.trim())
    .join(', ')
}

/** What a table row cannot hold: headers, the shapes of a union, and schemas that are written in place. */
function responseText(status: string, { headers, content }: Response, resolve: Resolve): string {
  const rows = Object.entries(headers ?? {}).map(([name, node]) => {
    const told = resolve(node)
    return { ...told, told, name: code(name) }
  })
  const body = bodyText(content, resolve)
  return paragraphs(valueTable(`header of ${status}`, rows, resolve), body && `#### Body of ${status}`, body)
}

function bodyText(content: Response['content'], resolve: Resolve): string {
  const texts = Object.values(content ?? {}).map(({ schema }) =>
    isReference(schema) ? '' : schemaText(schema, resolve),
  )
  return paragraphs(...new Set(texts))
}

function schemaText(node: SchemaNode | undefined, resolve: Resolve): string {
  const schema = schemaOf(node, resolve)
  const evidence = evidenceOf(schema)
  const inPlace = members(schema, resolve).filter((member) => !isReference(member.node))
  return paragraphs(
    schema.description,
    `Type: ${typeText(schema, resolve)}.${evidence ? ` Evidence: *${evidence}*.` : ''}`,
    shapes(schema, resolve),
    knownValuesTable(schema),
    valueTable(
      'field',
      fields(schema, resolve).map(({ name, required, node: field }) => ({
        name: code(name),
        required,
        schema: field,
        told: schemaOf(field, resolve),
      })),
      resolve,
    ),
    ...inPlace.map((member) => paragraphs(`**${member.name}**`, schemaText(member.node, resolve))),
  )
}

interface Value {
  readonly name: string
  readonly required?: boolean | undefined
  readonly schema?: SchemaNode | undefined
  /** What carries description and evidence. */
  readonly told: { readonly description?: string | undefined }
}

/** A row for each value, with what belongs to it; known values only where no link leads to them. */
function valueTable(kind: string, values: readonly Value[], resolve: Resolve): string | undefined {
  if (values.length === 0) return undefined
  const rows = values.map(({ name, required, schema: node, told }) => {
    const schema = schemaOf(node, resolve)
    const known = isReference(node) ? undefined : knownValuesLine(schema)
    const examples = schema.examples && `For example ${schema.examples.map(code).join(', ')}.`
    const meaning = paragraphs(told.description, known, examples)
    return [name, typeText(node, resolve), required ? 'required' : 'optional', meaning, evidenceOf(told) ?? '']
  })
  return table([kind, 'type', 'needed', 'meaning', 'evidence'], rows)
}
