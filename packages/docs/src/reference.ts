import { type Operation, readOperations } from '@image-install-queue/spec/read/operations'
import { isReference, type Resolve, resolver } from '@image-install-queue/spec/read/resolve'
import type { Oas3_1Definition, Oas3Response } from '@redocly/openapi-core'
import { knownValues, knownValuesLine } from './known-values.ts'
import { code, fence, paragraphs, plain, table } from './markdown.ts'
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
import { securityTable } from './security.ts'
import { shapes } from './shapes.ts'
import { groups } from './tags.ts'

type Response = Oas3Response<Schema>

/** The whole contract as Markdown, for readers without JavaScript and for text tools. */
export function reference(document: Oas3_1Definition, samples: (operationId: string) => Sample[]): string {
  const resolve = resolver(document)
  const { info, servers, externalDocs, components } = document
  const authentication = securityTable(document, resolve)
  return `${paragraphs(
    `# ${plain(`${info?.title} ${info?.version}`)}`,
    info && Reflect.has(info, 'summary') && String(Reflect.get(info, 'summary')),
    info?.description,
    externalDocs && `[${externalDocs.description ?? externalDocs.url}](${externalDocs.url})`,
    'The contract as a file: [openapi.yaml](openapi.yaml), [openapi.json](openapi.json).',
    ...groups(document).map(({ name, description }) => `## ${plain(name)}\n\n${description}`),
    servers &&
      `## Servers\n\n${table(
        ['server', 'what'],
        servers.map((server) => [code(server.url), server.description ?? '']),
      )}`,
    authentication && `## Authentication\n\n${authentication}`,
    ...readOperations(document).map((operation) =>
      operationSection(operation, document, samples(operation.operationId), resolve),
    ),
    components?.schemas && '## Schemas',
    ...Object.entries(components?.schemas ?? {}).map(([name, node]) =>
      paragraphs(`### ${schemaHeading(name)}`, schemaText(node, resolve)),
    ),
  )}\n`
}

function operationSection(operation: Operation, document: Oas3_1Definition, samples: Sample[], resolve: Resolve) {
  const { node, method, path, operationId, parameters, requestBody, responses, answers, stateChanging } = operation
  const scenarios = scenarioTable(operation)
  const security = (node.security ?? document.security ?? []).map((scheme) =>
    Object.keys(scheme).map(code).join(' with '),
  )
  return paragraphs(
    `## ${plain(node.summary ?? operationId)}`,
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
    node.externalDocs && `[${node.externalDocs.description ?? node.externalDocs.url}](${node.externalDocs.url})`,
    parameters.length > 0 && '### Parameters',
    parameters.length > 0 &&
      table(
        ['parameter', 'in', 'type', 'needed', 'meaning', 'evidence'],
        parameters.map((parameter) => [
          code(parameter.name),
          parameter.in ?? '',
          typeText(parameter.schema, resolve),
          parameter.required ? 'required' : 'optional',
          told(parameter.description, parameter.schema, resolve),
          evidenceOf(parameter) ?? '',
        ]),
      ),
    requestBody && '### Request body',
    requestBody?.description,
    requestBody && mediaTypes(requestBody.content, resolve),
    requestBody && contentText(requestBody.content, resolve),
    '### Responses',
    table(
      ['status', 'meaning', 'body', 'evidence'],
      [...responses].map(([status, response]) => [
        status,
        response.description ?? '',
        mediaTypes(response.content, resolve) || 'none',
        evidenceOf(response) ?? '',
      ]),
    ),
    ...[...responses].map(([status, response]) => responseText(status, response, resolve)),
    scenarios && `### Scenarios\n\n${scenarios}`,
    samples.length > 0 && '### Samples',
    ...samples.map(({ label, language, source }) => `**${label}**\n\n${fence(language, source)}`),
    answers.length > 0 && '### Example answers',
    ...answers.map(({ name, status, summary, value }) => {
      const title = [`<code>${plain(name)}</code>`, status, plain(summary ?? '')].filter(Boolean).join(' · ')
      return `<details><summary>${title}</summary>\n\n${fence('json', JSON.stringify(value, null, 2))}\n\n</details>`
    }),
  )
}

/** What a table row cannot hold: headers, the shapes of a union, and schemas that are written in place. */
function responseText(status: string, { headers, content }: Response, resolve: Resolve): string | undefined {
  const rows = Object.entries(headers ?? {}).map(([name, node]) => {
    const header = resolve(node)
    return [
      code(name),
      typeText(header.schema, resolve),
      header.required ? 'required' : 'optional',
      told(header.description, header.schema, resolve),
      evidenceOf(header) ?? '',
    ]
  })
  const body = contentText(content, resolve)
  return paragraphs(
    rows.length > 0 && `#### Headers of ${status}`,
    rows.length > 0 && table(['header', 'type', 'needed', 'meaning', 'evidence'], rows),
    body && `#### Body of ${status}`,
    body,
  )
}

function mediaTypes(content: Response['content'], resolve: Resolve): string {
  return Object.entries(content ?? {})
    .map(([type, { schema }]) => `${code(type)} ${schema ? typeText(schema, resolve) : ''}`.trim())
    .join(', ')
}

function contentText(content: Response['content'], resolve: Resolve): string {
  const texts = Object.values(content ?? {}).map(({ schema }) => {
    if (schema === undefined) return ''
    return isReference(schema) ? '' : schemaText(schema, resolve)
  })
  return paragraphs(...new Set(texts))
}

function schemaText(node: SchemaNode, resolve: Resolve): string {
  const schema = schemaOf(node, resolve)
  const evidence = evidenceOf(schema)
  const rows = fields(schema, resolve).map((field) => [
    code(field.name),
    typeText(field.node, resolve),
    field.required ? 'required' : 'optional',
    told(undefined, field.node, resolve),
    evidenceOf(schemaOf(field.node, resolve)) ?? '',
  ])
  return paragraphs(
    schema.description,
    `Type: ${typeText(schema, resolve)}.${evidence ? ` Evidence: *${evidence}*.` : ''}`,
    shapes(schema, resolve),
    knownValues(schema),
    rows.length > 0 && table(['field', 'type', 'needed', 'meaning', 'evidence'], rows),
    ...members(schema, resolve)
      .filter(({ node: member }) => !isReference(member) && fields(member, resolve).length > 0)
      .map(({ name, node: member }) => paragraphs(`**${name}**`, schemaText(member, resolve))),
  )
}

/** A description with what belongs to it: examples and, unless a link leads to them, known values. */
function told(description: string | undefined, node: SchemaNode | undefined, resolve: Resolve): string {
  const schema = schemaOf(node, resolve)
  const known = isReference(node) ? undefined : knownValuesLine(schema)
  const examples = schema.examples && `For example ${schema.examples.map(code).join(', ')}.`
  return paragraphs(description ?? schema.description, known, examples)
}
