import { type Document, isReference, type JsonContent, type Schema } from '@image-install-queue/contract'
import { type Context, type PageCall, readContext } from './context.ts'
import { withEvidence } from './evidence.ts'
import { knownValuesTable } from './known-values.ts'
import { forRedoc, paragraphs, slug } from './markdown.ts'
import { samplesOf } from './samples.ts'
import { notes, whole } from './schemas.ts'
import { aroundCalls, callHead, opening } from './sections.ts'
import { memberName, shapes } from './shapes.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * The document as Redoc is to show it, with every call open: what Redoc does not render stands in descriptions. The contract is
 * not changed.
 */
export function decorate(document: Document): Json {
  // Redoc's addresses: calls without a tag are among "other".
  const context = readContext(document, (heading, id) => `#/${id ? `other/${id.toLowerCase()}` : slug(heading)}`)
  const { before, after } = aroundCalls(context)
  const { license, ...info } = document.info
  const paths: Record<string, Record<string, Json>> = {}
  for (const call of context.calls) paths[call.path] = { ...paths[call.path], [call.method]: shownCall(call, context) }
  return {
    openapi: document.openapi,
    info: { ...info, description: forRedoc(opening(context)) },
    servers: document.servers,
    // Calls without a tag are under the empty name, and open; declared here, it has its place among the sections.
    tags: [...before.map(section), { name: '' }, ...after.map(section)],
    paths,
    components: { schemas: mapValues(document.components?.schemas ?? {}, (schema) => shownSchema(schema, context)) },
  }
}

/** A tag that holds no call but text. */
const section = ({ name, text }: { name: string; text: string }) => ({
  name,
  description: forRedoc(text.trim()),
  'x-traitTag': true,
})

function shownCall(call: PageCall, context: Context): Json {
  const { node, operationId, parameters, requestBody, responses } = call
  return {
    operationId,
    summary: node.summary,
    deprecated: node.deprecated,
    // Says how to authenticate too: Redoc's own box for it opens one that is no dialog, and names the wrong scheme.
    description: forRedoc(callHead(call, context)),
    parameters: parameters.map(({ examples, ...parameter }) => shownValue(parameter, context)),
    requestBody: requestBody && { ...requestBody, ...shownBody(requestBody, context) },
    responses: mapValues(Object.fromEntries(responses), (response) => ({
      ...response,
      ...shownBody(response, context),
      headers: response.headers && mapValues(response.headers, (header) => shownValue(header, context)),
    })),
    'x-codeSamples': samplesOf(call, context.document).map(({ label, source }) => ({ lang: label, label, source })),
  }
}

/** A parameter or header. Redoc says nothing of its schema but the type, where it is described itself. */
function shownValue(value: Body & { readonly schema: Schema }, context: Context): Json {
  const { description, ...schema } = shownSchema(value.schema, context)
  return { ...value, description: paragraphs(text(value, context), description), schema }
}

interface Body {
  readonly description?: string
  readonly content?: JsonContent
}

/** Examples of a union have the name of the member that they are before their own: so page.js finds one for a member. */
function shownBody(body: Body, context: Context): Json {
  const json = body.content?.['application/json']
  const named = Object.entries(json?.examples ?? {}).map(([name, { value, summary = name }]) => {
    const member = json && memberName(value, json.schema, context)
    return [name, { value, summary: member ? `${member}: ${summary}` : summary }]
  })
  const examples = Object.fromEntries(named)
  const schema = json && whole(json.schema, context.resolve)
  // Of a list Redoc says what it holds, and nothing of itself.
  const list = schema?.items && shownSchema(schema, context)
  return {
    description: paragraphs(text(body, context), json && shapes(json.schema, context.resolve), list?.description),
    content: json && { 'application/json': { examples, schema: shownSchema(json.schema, context) } },
  }
}

/**
 * A schema of which Redoc shows everything: what stands beside a reference is joined with what it leads to, and what is
 * said of its parts, known values and evidence are in the description. References by themselves stay, since they have
 * names.
 */
function shownSchema(node: Schema, context: Context): Json & { readonly description?: string } {
  if (isReference(node) && Object.keys(node).length === 1) return { ...node }
  const { title, examples, allOf, properties, items, additionalProperties, ...schema } = whole(node, context.resolve)
  // Redoc says nothing of the objects in a list but their fields.
  const isOfObjects = items && whole(items, context.resolve).properties
  const description = paragraphs(...descriptions(node, context), ...(isOfObjects ? descriptions(items, context) : []))
  return {
    ...schema,
    description: text({ ...schema, description }, context),
    ...(allOf && { allOf: allOf.map((part) => shownSchema(part, context)) }),
    ...(properties && { properties: mapValues(properties, (one) => shownSchema(one, context)) }),
    ...(items && { items: shownSchema(items, context) }),
    ...(additionalProperties && { additionalProperties: shownSchema(additionalProperties, context) }),
  }
}

/** What is said of an object and of its parts, which Redoc joins but for this. */
function descriptions(node: Schema, context: Context): (string | undefined)[] {
  const { allOf = [] } = whole(node, context.resolve)
  return [...notes(node, context.resolve), ...allOf.flatMap((part) => descriptions(part, context))]
}

/** A description with evidence and known values, which are extensions to Redoc. */
const text = (node: Schema | Body, { legend }: Context): string =>
  forRedoc(paragraphs(withEvidence(node, legend), 'x-extensible-enum' in node && knownValuesTable(node)))

const mapValues = <Value, Mapped>(all: Readonly<Record<string, Value>>, change: (value: Value) => Mapped) =>
  Object.fromEntries(Object.entries(all).map(([name, value]) => [name, change(value)]))
