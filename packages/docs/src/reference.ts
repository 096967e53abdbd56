import { type Operation, readOperations } from '@image-install-queue/spec/read/operations'
import { isReference, type Resolve, resolver } from '@image-install-queue/spec/read/resolve'
import type { Oas3_1Definition } from '@redocly/openapi-core'
import { knownValues, knownValuesLine } from './known-values.ts'
import { code, fence, paragraphs, table } from './markdown.ts'
import type { Sample } from './samples.ts'
import { scenarioTable } from './scenarios.ts'
import { evidenceOf, fields, members, type SchemaNode, schemaHeading, schemaOf, typeText } from './schemas.ts'
import { securityTable } from './security.ts'
import { shapes } from './shapes.ts'

/** The whole contract as Markdown, for readers without JavaScript and for text tools. */
export function reference(document: Oas3_1Definition, samples: (operationId: string) => Sample[]): string {
  const resolve = resolver(document)
  const { info, servers, externalDocs, components } = document
  const authentication = securityTable(document, resolve)
  return `${paragraphs(
    `# ${info?.title} ${info?.version}`,
    info && Reflect.has(info, 'summary') && String(Reflect.get(info, 'summary')),
    info?.description,
    externalDocs && `[${externalDocs.description ?? externalDocs.url}](${externalDocs.url})`,
    'The contract as a file: [openapi.yaml](openapi.yaml), [openapi.json](openapi.json).',
    servers &&
      `## Servers\n\n${table(
        ['server', ''],
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
    `## ${node.summary ?? operationId}`,
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
        ['parameter', 'in', 'type', '', 'meaning', 'evidence'],
        parameters.map((parameter) => [
          code(parameter.name),
          parameter.in ?? '',
          typeText(parameter.schema, resolve),
          parameter.required ? 'required' : 'optional',
          told(parameter.description, parameter.schema, resolve),
          evidenceOf(parameter) ?? '',
        ]),
      ),
    requestBody && paragraphs('### Request body', requestBody.description, contentText(requestBody.content, resolve)),
    '### Responses',
    table(
      ['status', 'meaning', 'body', 'evidence'],
      [...responses].map(([status, response]) => [
        status,
        response.description ?? '',
        Object.entries(response.content ?? {})
          .map(([type, { schema }]) => `${code(type)} ${schema ? typeText(schema, resolve) : ''}`)
          .join(', ') || 'none',
        evidenceOf(response) ?? '',
      ]),
    ),
    ...[...responses].map(([status, response]) => responseText(status, response.content, resolve)),
    scenarios && `### Scenarios\n\n${scenarios}`,
    samples.length > 0 && '### Samples',
    ...samples.map(({ label, language, source }) => `**${label}**\n\n${fence(language, source)}`),
    answers.length > 0 && '### Example answers',
    ...answers.map(({ name, status, summary, value }) => {
      const title = [`<code>${name}</code>`, status, summary].filter(Boolean).join(' · ')
      return `<details><summary>${title}</summary>\n\n${fence('json', JSON.stringify(value, null, 2))}\n\n</details>`
    }),
  )
}

type Content = Record<string, { schema?: SchemaNode }> | undefined

/** What a table row cannot hold: the shapes of a union, and schemas that are written in place. */
function responseText(status: string, content: Content, resolve: Resolve): string | undefined {
  const text = contentText(content, resolve)
  return text && paragraphs(`#### Body of ${status}`, text)
}

function contentText(content: Content, resolve: Resolve): string {
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
    rows.length > 0 && table(['field', 'type', '', 'meaning', 'evidence'], rows),
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
