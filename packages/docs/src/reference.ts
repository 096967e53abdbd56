import type {
  Document,
  HeaderNode,
  JsonContent,
  RequestBodyNode,
  Resolve,
  ResponseNode,
  Schema,
} from '@image-install-queue/contract'
import { type Context, headings, type PageCall, readContext } from './context.ts'
import { evidenceChip, withEvidence } from './evidence.ts'
import { exampleText } from './example-text.ts'
import { knownValuesLine, knownValuesTable } from './known-values.ts'
import { codeSpan, fence, paragraphs, plain, slug, table } from './markdown.ts'
import { samplesOf } from './samples.ts'
import { type Field, fields, inside, notes, schemaHeading, typeText, whole } from './schemas.ts'
import { aroundCalls, callHead, opening } from './sections.ts'
import { shapes } from './shapes.ts'

/** The whole contract as Markdown, for readers without JavaScript, for paper and for text tools. */
export function reference(document: Document): string {
  const { info, components = {} } = document
  const { contact } = info
  const context = readContext(document, (heading) => `#${slug(heading)}`)
  const { before, after } = aroundCalls(context)
  const schemas = Object.entries(components.schemas ?? {}).map(([name, schema]) =>
    paragraphs(`### ${schemaHeading(name)}`, schemaText(schema, context)),
  )
  const sections = [
    ...before,
    ...context.calls.map((call) => ({ name: call.heading, text: callText(call, context) })),
    ...after,
    { name: headings.schemas, text: paragraphs(...schemas) },
  ]
  return `${paragraphs(
    `# ${plain(`${info.title} ${info.version}`)}`,
    info.summary && plain(info.summary),
    opening(context),
    contact &&
      `Contact: ${[contact.name && plain(contact.name), contact.url, contact.email].filter(Boolean).join(', ')}`,
    `**Contents**\n\n${sections.map(({ name }) => `- [${plain(name)}](#${slug(name)})`).join('\n')}`,
    ...sections.flatMap(({ name, text }) => [`## ${plain(name)}`, text]),
  )}\n`
}

function callText(call: PageCall, context: Context): string {
  const { parameters, requestBody, responses, examples } = call
  const { document, resolve } = context
  return paragraphs(
    callHead(call, context),
    parameters.length > 0 && '### Parameters',
    valueTable(
      'parameter',
      parameters.map((parameter) => ({ ...parameter, name: `${codeSpan(parameter.name)} in ${parameter.in}` })),
      context,
    ),
    requestBody && `### Request body, ${requestBody.required ? 'required' : 'optional'}`,
    requestBody && bodyText(requestBody, context),
    requestBody && bodyType(requestBody.content, resolve),
    requestBody && bodyFields('field', requestBody.content, context),
    '### Responses',
    table(
      ['status', 'meaning', 'body'],
      [...responses].map(([status, response]) => [
        status,
        bodyText(response, context),
        bodyType(response.content, resolve),
      ]),
    ),
    ...[...responses].map(([status, response]) => responseText(status, response, context)),
    '### Samples',
    ...samplesOf(call, document).map(({ label, language, source }) => `**${label}**\n\n${fence(language, source)}`),
    examples.length > 0 && '### Example answers',
    ...examples.map((example, index) => exampleText(example, examples.slice(0, index))),
  )
}

/** What is said of a body, and of its schema where that is described nowhere else. */
function bodyText(body: RequestBodyNode | ResponseNode, { resolve, legend }: Context): string {
  const schema = body.content?.['application/json'].schema
  return paragraphs(withEvidence(body, legend), ...(schema && !schema.$ref ? allNotes(schema, resolve) : []))
}

const bodyType = (content: JsonContent | undefined, resolve: Resolve): string =>
  content ? typeText(content['application/json'].schema, resolve) : 'none'

/** What a table row cannot hold: headers, and the shapes of a union. */
function responseText(status: string, { headers, content }: ResponseNode, context: Context): string {
  const rows = Object.entries(headers ?? {}).map(([name, header]) => ({ ...header, name: codeSpan(name) }))
  const told = content && shapes(content['application/json'].schema, context.resolve)
  return paragraphs(
    valueTable(`header of ${status}`, rows, context),
    told && `#### Body of ${status}`,
    told,
    bodyFields(`field of ${status}`, content, context),
  )
}

/** The fields of a body that is written where it is used: those of named schemas stand with these. */
function bodyFields(kind: string, content: JsonContent | undefined, context: Context): string | undefined {
  const fields = content ? inside(content['application/json'].schema, context.resolve, 'body') : []
  return fieldTable(kind, fields, context)
}

const fieldTable = (kind: string, fields: readonly Field[], context: Context): string | undefined =>
  valueTable(
    kind,
    fields.map((field) => ({ ...field, name: codeSpan(field.name) })),
    context,
  )

function schemaText(node: Schema, context: Context): string {
  const { resolve, legend } = context
  const schema = whole(node, resolve)
  return paragraphs(
    schema.deprecated && '**Deprecated.**',
    withEvidence({ ...schema, description: paragraphs(...allNotes(schema, resolve)) }, legend),
    `Type: ${typeText(schema, resolve)}.`,
    shapes(schema, resolve),
    knownValuesTable(schema),
    fieldTable('field', ownFields(schema, resolve), context),
  )
}

/** The fields of an object without those of named parts, which its type leads to. */
function ownFields(schema: Schema, resolve: Resolve) {
  const parts = [schema, ...(schema.allOf ?? [])].filter((part) => !part.$ref)
  return parts.flatMap(({ allOf: _, ...part }) => fields(part, resolve))
}

/** What is said of a value and of what in it has no name: items, values of a map, parts of an object. */
function allNotes(node: Schema, resolve: Resolve): (string | undefined)[] {
  const { allOf = [], items = [], additionalProperties = [] } = whole(node, resolve)
  const parts = [allOf, items, additionalProperties].flat().filter((part) => !part.$ref)
  return [...notes(node, resolve), ...parts.flatMap((part) => allNotes(part, resolve))]
}

/** What a parameter or header says itself, and what its schema is. */
type Value = HeaderNode & { readonly name: string }

/** A row for each value, with what belongs to it; known values only where no link leads to them. */
function valueTable(kind: string, values: readonly Value[], { resolve, legend }: Context): string | undefined {
  if (values.length === 0) return undefined
  const rows = values.map(({ name, required, schema: node, ...own }) => {
    const schema = whole(node, resolve)
    const told = { ...schema, ...own }
    const known = [node, node.items, node.additionalProperties].map(
      (part) => part && !part.$ref && !part.anyOf && knownValuesLine(part),
    )
    // What a parameter says of itself stands before what its schema says, unless that is described elsewhere.
    const { $ref, ...beside } = node
    const said = allNotes(own.description ? beside : node, resolve)
    const meaning = paragraphs(told.deprecated && '**Deprecated.**', own.description, ...said, ...known)
    const chip = evidenceChip(told['x-evidence'], legend)
    return [name, typeText(node, resolve), required ? 'required' : 'optional', meaning, chip]
  })
  return table([kind, 'type', 'needed', 'meaning', 'evidence'], rows)
}
