import {
  type HeaderNode,
  isReference,
  type JsonContent,
  type RequestBodyNode,
  type ResponseNode,
} from '@image-install-queue/contract'
import { schemesOf } from './authentication.ts'
import type { Call, Context } from './context.ts'
import { describeSchema } from './descriptions.ts'
import { codeSpan, escapeText, fence, link, paragraphs, table, withEvidence } from './markdown.ts'
import { samplesOf } from './samples.ts'
import { type Field, nestedFields, typeText } from './schemas.ts'
import { variantsTable } from './variants.ts'

/** The calls by their tags. */
export function callList({ document, calls }: Context): string {
  const linesOf = (tag: string | undefined) =>
    calls
      .filter(({ node }) => node.tags?.[0] === tag)
      .map(({ method, path, id, title }) => `- **${method.toUpperCase()}** [${codeSpan(path)}](#${id}) ${title}`)
      .join('\n')
  const groups = (document.tags ?? []).map(({ name, description }) =>
    paragraphs(description && `**${name}.** ${description}`, linesOf(name)),
  )
  return paragraphs(linesOf(undefined), ...groups)
}

/** The part of a call that every form of the documentation shows as Markdown. */
export function callHead(call: Call, { document, legend, authentication }: Context): string {
  const { node, method, path, operationId, isStateChanging } = call
  return paragraphs(
    `**${method.toUpperCase()}** ${codeSpan(path)}`,
    node.deprecated && '**Deprecated.**',
    withEvidence(node, legend),
    `Client method: ${codeSpan(operationId)} (${isStateChanging ? 'changes state' : 'read-only'}). [Authentication](#${authentication}): ${schemesOf(call, document)}.`,
    node.externalDocs && link(node.externalDocs),
  )
}

/** The part of a call that Redoc draws from the document. */
export function callDetails(call: Call, context: Context): string {
  const { parameters, requestBody, responses, examples } = call
  const rows = parameters.map((parameter) => ({ ...parameter, name: `${codeSpan(parameter.name)} in ${parameter.in}` }))
  return paragraphs(
    parameters.length > 0 && '### Parameters',
    valueTable('parameter', rows, context),
    requestBody && `### Request body, ${requestBody.required ? 'required' : 'optional'}`,
    requestBody && paragraphs(bodyText(requestBody, context), bodyType(requestBody.content, context)),
    requestBody && bodyFields('field', requestBody.content, context),
    '### Responses',
    table(
      ['status', 'meaning', 'body'],
      [...responses].map(([status, response]) => [
        status,
        bodyText(response, context),
        bodyType(response.content, context),
      ]),
    ),
    ...[...responses].map(([status, response]) => responseDetails(status, response, context)),
    '### Samples',
    ...samplesOf(call, context.document).flatMap(({ label, language, source }) => [
      `#### ${label}`,
      fence(language, source),
    ]),
    examples.length > 0 && '### Example responses',
    ...examples.map(({ name, status, summary = '', value }) => {
      const title = [`<code>${escapeText(name)}</code>`, status, escapeText(summary)].filter(Boolean).join(' · ')
      return `<details><summary>${title}</summary>\n\n${fence('json', JSON.stringify(value, null, 2))}\n\n</details>`
    }),
  )
}

/** The description of a body. That of a named schema is not repeated, because the type links to it. */
function bodyText(body: RequestBodyNode | ResponseNode, context: Context): string {
  const schema = body.content?.['application/json'].schema
  const inline = schema && !isReference(schema) && describeSchema(schema, context)
  return paragraphs(withEvidence(body, context.legend), inline)
}

const bodyType = (content: JsonContent | undefined, { resolve }: Context): string =>
  content ? typeText(content['application/json'].schema, resolve) : 'none'

function responseDetails(status: string, { headers, content }: ResponseNode, context: Context): string {
  const rows = Object.entries(headers ?? {}).map(([name, header]) => ({ ...header, name: codeSpan(name) }))
  const variants = content && variantsTable(content['application/json'].schema, context.resolve)
  return paragraphs(
    valueTable(`header of ${status}`, rows, context),
    variants && `#### Body of ${status}`,
    variants,
    bodyFields(`field of ${status}`, content, context),
  )
}

function bodyFields(kind: string, content: JsonContent | undefined, context: Context): string | undefined {
  const fields = content ? nestedFields(content['application/json'].schema, context.resolve, 'body') : []
  return fieldTable(kind, fields, context)
}

export const fieldTable = (kind: string, fields: readonly Field[], context: Context): string | undefined =>
  valueTable(
    kind,
    fields.map((field) => ({ ...field, name: codeSpan(field.name) })),
    context,
  )

function valueTable(
  kind: string,
  values: readonly (HeaderNode & { readonly name: string })[],
  context: Context,
): string | undefined {
  if (values.length === 0) return undefined
  const rows = values.map(({ name, required, schema, deprecated, ...own }) => {
    const meaning = paragraphs(
      deprecated && '**Deprecated.**',
      withEvidence(own, context.legend),
      describeSchema(schema, context),
    )
    return [name, typeText(schema, context.resolve), required ? 'required' : 'optional', meaning]
  })
  return table([kind, 'type', 'needed', 'meaning'], rows)
}
