import {
  isReference,
  mapNodes,
  type RequestBodyNode,
  type ResponseNode,
  type Schema,
} from '@image-install-queue/contract'
import { lexer } from 'marked'
import type { Call, Documentation } from './context.ts'
import { describeSchema } from './descriptions.ts'
import { type Described, paragraphs, slug, withEvidence } from './markdown.ts'
import { samplesOf } from './samples.ts'
import { dereference } from './schemas.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * The OpenAPI document that Redoc draws. Redoc 3.0.1 does not show evidence, extensible enums, examples of requests, or
 * texts next to `$ref`, `anyOf` and `allOf`: the descriptions of this document contain them.
 */
export function redocDocument(documentation: Documentation): Json {
  const { document, resolve, legend, opening, sections } = documentation
  const addresses = new Map(sections.map(({ title, address }) => [slug(title), address]))
  const { license, ...info } = document.info

  /** With Redoc's addresses, and without headings: Redoc 3.0.1 hides the text below them until they are opened. */
  const markdown = (text: string) =>
    lexer(text)
      .map((token) => (token.type === 'heading' ? `**${token.text}**\n\n` : token.raw))
      .join('')
      .replace(/\]\(#([^)\s]+)/g, (_, id) => `](#${addresses.get(id) ?? id}`)

  const operation = (call: Call, head: string): Json => ({
    operationId: call.operationId,
    summary: call.title,
    deprecated: call.node.deprecated,
    // Contains the authentication too: Redoc's own box names the wrong scheme and is not a dialog.
    description: markdown(head),
    parameters: call.parameters.map(({ examples, ...parameter }) => value(parameter)),
    requestBody: call.requestBody && body(call.requestBody),
    responses: mapValues(Object.fromEntries(call.responses), (response) => ({
      ...body(response),
      headers: response.headers && mapValues(response.headers, value),
    })),
    'x-codeSamples': samplesOf(call, document).map(({ label, source }) => ({ lang: label, label, source })),
  })

  /** Redoc shows the description of a parameter instead of that of its schema, and no description of a body's schema. */
  const describe = (node: Described, schema: Schema = {}) =>
    markdown(paragraphs(withEvidence(node, legend), describeSchema(schema, documentation, true)))

  const value = (node: Described & { readonly schema: Schema }): Json => ({
    ...node,
    description: describe(node, node.schema),
    schema: schema(node.schema),
  })

  const body = (node: RequestBodyNode | ResponseNode): Json => {
    const json = node.content?.['application/json']
    return {
      ...node,
      description: describe(node, json?.schema),
      content: json && { 'application/json': { ...json, schema: schema(json.schema) } },
    }
  }

  /** References without siblings stay, because they have names. */
  const schema = (node: Schema) =>
    mapNodes(node, (keywords) => {
      const part: Schema = keywords
      if (isReference(part) && Object.keys(part).length === 1) return keywords
      const { title, examples, ...rest } = dereference(part, resolve)
      return { ...rest, description: describe({}, part) }
    })

  // Redoc shows tags without calls as text, and calls without a tag under the empty name.
  const tags = sections.map(({ title, call, markdown: text }) =>
    call ? { name: '' } : { name: title, description: markdown(text), 'x-traitTag': true },
  )
  const paths: Record<string, Record<string, Json>> = {}
  for (const { call, markdown: head } of sections)
    if (call) paths[call.path] = { ...paths[call.path], [call.method]: operation(call, head) }
  return {
    openapi: document.openapi,
    info: { ...info, description: markdown(opening) },
    servers: document.servers,
    tags,
    paths,
    components: { schemas: mapValues(document.components?.schemas ?? {}, schema) },
  }
}

const mapValues = <Value, Mapped>(all: Readonly<Record<string, Value>>, change: (value: Value) => Mapped) =>
  Object.fromEntries(Object.entries(all).map(([name, value]) => [name, change(value)]))
