import { type HeaderNode, isReference, type ResponseNode } from '@image-install-queue/contract'
import { schemesOf } from './authentication.ts'
import type { Call, Context } from './context.ts'
import { describeSchema } from './descriptions.ts'
import { codeSpan, escapeText, fence, link, paragraphs, slug, table, withEvidence } from './markdown.ts'
import { samplesOf } from './samples.ts'
import { nestedFields, typeText } from './schemas.ts'
import { variantsTable } from './variants.ts'

/** The calls by their tags. */
export function callList({ document, calls }: Context): string {
  const linesOf = (tag: string | undefined) =>
    calls
      .filter(({ node }) => node.tags?.[0] === tag)
      .map(({ method, path, title }) => `- **${method.toUpperCase()}** [${codeSpan(path)}](#${slug(title)}) ${title}`)
      .join('\n')
  const groups = (document.tags ?? []).map(({ name, description }) =>
    paragraphs(description && `**${name}.** ${description}`, linesOf(name)),
  )
  return paragraphs(linesOf(undefined), ...groups)
}

/** The part of a call that every form of the documentation shows as Markdown. */
export function callHead(call: Call, { document, legend }: Context): string {
  const { node, method, path, operationId, isStateChanging } = call
  return paragraphs(
    `**${method.toUpperCase()}** ${codeSpan(path)}`,
    node.deprecated && '**Deprecated.**',
    withEvidence(node, legend),
    `Client method: ${codeSpan(operationId)} (${isStateChanging ? 'changes state' : 'read-only'}). [Authentication](#authentication): ${schemesOf(call, document)}.`,
    node.externalDocs && link(node.externalDocs),
  )
}

/** The part of a call that Redoc draws from the document. */
export function callDetails(call: Call, context: Context): string {
  const { parameters, requestBody, responses, examples } = call
  return paragraphs(
    parameters.length > 0 && '### Parameters',
    valueTable('parameter', parameters, context),
    requestBody && `### Request body, ${requestBody.required ? 'required' : 'optional'}`,
    requestBody && bodyText(requestBody, context),
    requestBody && bodyType(requestBody),
    requestBody && bodyDetails('the request', requestBody, context),
    '### Responses',
    table(
      ['status', 'meaning', 'body'],
      [...responses].map(([status, response]) => [status, bodyText(response, context), bodyType(response)]),
    ),
    ...[...responses].map(([status, response]) => bodyDetails(status, response, context)),
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

type Body = Partial<ResponseNode>

/** The description of a body. That of a named schema is not repeated, because the type links to it. */
function bodyText(body: Body, context: Context): string {
  const schema = body.content?.['application/json'].schema
  const inline = schema && !isReference(schema) && describeSchema(schema, context)
  return paragraphs(withEvidence(body, context.legend), inline)
}

const bodyType = ({ content }: Body): string => (content ? typeText(content['application/json'].schema) : 'none')

function bodyDetails(name: string, { headers = {}, content }: Body, context: Context): string {
  const schema = content?.['application/json'].schema ?? {}
  const headerValues = Object.entries(headers).map(([name, header]) => ({ ...header, name }))
  const variants = variantsTable(schema, context.resolve)
  return paragraphs(
    valueTable(`header of ${name}`, headerValues, context),
    variants && `#### Body of ${name}`,
    variants,
    valueTable(`field of ${name}`, nestedFields(schema, context.resolve, 'body'), context),
  )
}

type Value = HeaderNode & { readonly name: string; readonly in?: string }

/** A table of parameters, headers or fields. */
export function valueTable(kind: string, values: readonly Value[], context: Context): string {
  const rows = values.map(({ name, in: place, required, deprecated, schema, ...own }) => [
    codeSpan(name) + (place ? ` in ${place}` : ''),
    typeText(schema),
    required ? 'required' : 'optional',
    paragraphs(deprecated && '**Deprecated.**', withEvidence(own, context.legend), describeSchema(schema, context)),
  ])
  return table([kind, 'type', 'needed', 'meaning'], rows)
}
