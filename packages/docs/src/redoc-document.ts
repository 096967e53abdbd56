import { isReference, type JsonContent, type Schema } from '@image-install-queue/contract'
import { lexer } from 'marked'
import type { Call, Documentation, Section } from './context.ts'
import { knownValuesTable } from './known-values.ts'
import { paragraphs, withEvidence } from './markdown.ts'
import { samplesOf } from './samples.ts'
import { dereference, descriptionParts } from './schemas.ts'
import { variantsTable } from './variants.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * The OpenAPI document that Redoc draws. Redoc 3.0.1 does not show evidence, extensible enums, examples of requests, or
 * texts next to `$ref`, `anyOf` and `allOf`: the descriptions of this document contain them.
 */
export function redocDocument(documentation: Documentation): Json {
  const { document, resolve, legend, opening, sections } = documentation
  const addresses = new Map(sections.map(({ id, address }) => [id, address]))
  const { license, ...info } = document.info

  const markdown = (text: string) => forRedoc(text, addresses)

  /** A text section: Redoc shows tags without calls as text. */
  const textTag = ({ title, markdown: text }: Section) => ({
    name: title,
    description: markdown(text),
    'x-traitTag': true,
  })

  const operation = (call: Call, head: string): Json => ({
    operationId: call.operationId,
    summary: call.title,
    deprecated: call.node.deprecated,
    // Contains the authentication too: Redoc's own box names the wrong scheme and is not a dialog.
    description: markdown(head),
    parameters: call.parameters.map(({ examples, ...parameter }) => value(parameter)),
    requestBody: call.requestBody && { ...call.requestBody, ...body(call.requestBody) },
    responses: mapValues(Object.fromEntries(call.responses), (response) => ({
      ...response,
      ...body(response),
      headers: response.headers && mapValues(response.headers, value),
    })),
    'x-codeSamples': samplesOf(call, document).map(({ label, source }) => ({ lang: label, label, source })),
  })

  /** A parameter or header. Redoc shows its description instead of that of its schema, so they are joined. */
  const value = (node: Described & { readonly schema: Schema }): Json => {
    const { description, ...rest } = schema(node.schema)
    return { ...node, description: paragraphs(text(node), description), schema: rest }
  }

  /** Redoc shows no description of a body's schema, except of the variants of a union. */
  const body = (node: Described & { readonly content?: JsonContent }): Json => {
    const json = node.content?.['application/json']
    if (!json) return { description: text(node) }
    const examples = mapValues(json.examples ?? {}, ({ value, summary }, name) => ({ value, summary: summary ?? name }))
    const parts = [variantsTable(json.schema, resolve), schema(dereference(json.schema, resolve)).description]
    return {
      description: paragraphs(text(node), ...parts),
      content: { 'application/json': { examples, schema: schema(json.schema) } },
    }
  }

  /** References without siblings stay, because they have names. */
  const schema = (node: Schema): Json & { readonly description?: string } => {
    if (isReference(node) && Object.keys(node).length === 1) return { ...node }
    const { title, examples, allOf, properties, items, additionalProperties, ...rest } = dereference(node, resolve)
    return {
      ...rest,
      description: text({ ...rest, description: paragraphs(...descriptions(node)) }),
      ...(allOf && { allOf: allOf.map(schema) }),
      ...(properties && { properties: mapValues(properties, schema) }),
      ...(items && { items: schema(items) }),
      ...(additionalProperties && { additionalProperties: schema(additionalProperties) }),
    }
  }

  /** The descriptions of a schema, of the parts that Redoc merges, and of the objects in a list. */
  const descriptions = (node: Schema): (string | undefined)[] => {
    const { allOf = [], items } = dereference(node, resolve)
    const objects = items && dereference(items, resolve).properties ? [items] : []
    return [...descriptionParts(node, resolve), ...[...allOf, ...objects].flatMap(descriptions)]
  }

  const text = (node: Schema | Described): string =>
    markdown(paragraphs(withEvidence(node, legend), 'x-extensible-enum' in node && knownValuesTable(node)))

  const firstCall = sections.find(({ call }) => call)
  const tags = sections.flatMap((section) => {
    if (!section.call) return [textTag(section)]
    // Redoc lists calls without a tag under the empty name.
    return section === firstCall ? [{ name: '' }] : []
  })
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

type Described = Pick<Schema, 'description' | 'x-evidence'>

/** Markdown with Redoc's addresses and without headings: Redoc 3.0.1 hides the text below them until they are opened. */
export function forRedoc(markdown: string, addresses: ReadonlyMap<string, string>): string {
  const blocks = lexer(markdown.trim()).map((token) => (token.type === 'heading' ? `**${token.text}**\n\n` : token.raw))
  return blocks
    .join('')
    .replace(/\]\(#([^)\s]+)/g, (found, id) => (addresses.has(id) ? `](#${addresses.get(id)}` : found))
}

const mapValues = <Value, Mapped>(
  all: Readonly<Record<string, Value>>,
  change: (value: Value, name: string) => Mapped,
) => Object.fromEntries(Object.entries(all).map(([name, value]) => [name, change(value, name)]))
