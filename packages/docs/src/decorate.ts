import {
  type Document,
  type JsonContent,
  type Operation,
  type Resolve,
  readOperations,
  resolver,
  type Schema,
} from '@image-install-queue/contract'
import { authenticationHeading, schemeName } from './authentication.ts'
import { knownValuesTable } from './known-values.ts'
import { type Links, redocLinks, withEvidence } from './links.ts'
import { code, forRedoc, link, paragraphs, slug } from './markdown.ts'
import { sampleValue } from './samples/call.ts'
import { samplesOf } from './samples.ts'
import { whole } from './schemas.ts'
import { callList, layout } from './sections.ts'
import { memberName, shapes } from './shapes.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * The document as Redoc is to show it, with every call open: what Redoc does not render stands in descriptions. The contract is
 * not changed.
 */
export function decorate(document: Document): Json {
  const operations = readOperations(document)
  const resolve = resolver(document)
  const links = redocLinks(document)
  const { introduction, before, after } = layout(document, operations, links)
  const { license, ...info } = document.info
  const schemes = Object.entries(document.components?.securitySchemes ?? {})
  const names = new Map(schemes.map(([name, scheme]) => [name, schemeName(name, scheme)]))
  return {
    openapi: document.openapi,
    info: {
      ...info,
      description: forRedoc(
        paragraphs(
          introduction,
          callList(document, operations, links),
          files,
          document.externalDocs && link(document.externalDocs),
        ),
      ),
    },
    servers: document.servers,
    // Operations without a tag are under the empty name, and open; declared here, it has its place among the sections.
    tags: [...before.map(section), { name: '' }, ...after.map(section)],
    paths: paths(operations, (operation) => shownOperation(operation, document, names, resolve, links)),
    components: {
      schemas: mapValues(document.components?.schemas ?? {}, (schema) => shownSchema(schema, resolve, links)),
      securitySchemes: Object.fromEntries(schemes.map(([name, scheme]) => [names.get(name), scheme])),
    },
  }
}

const files = [
  'The same without JavaScript: [plain page](reference.html), [Markdown](reference.md).',
  'The contract itself: [openapi.yaml](openapi.yaml), [openapi.json](openapi.json).',
].join(' ')

/** A tag that holds no operation but text. */
const section = ({ name, text }: { name: string; text: string }) => ({
  name,
  description: forRedoc(text.trim()),
  'x-traitTag': true,
})

function paths(operations: readonly Operation[], show: (operation: Operation) => Json): Json {
  const shown: Record<string, Record<string, Json>> = {}
  for (const operation of operations) {
    shown[operation.path] = { ...shown[operation.path], [operation.method]: show(operation) }
  }
  return shown
}

function shownOperation(
  operation: Operation,
  document: Document,
  names: ReadonlyMap<string, string>,
  resolve: Resolve,
  links: Links,
): Json {
  const { node, method, path, operationId, parameters, requestBody, responses, security } = operation
  const described = { ...node, description: forRedoc(node.description ?? '') }
  return {
    operationId,
    summary: node.summary,
    deprecated: node.deprecated,
    description: paragraphs(
      `**${method.toUpperCase()}** ${code(path)}`,
      withEvidence(described, links),
      `In the client: ${code(operationId)}. Keys and hosts: [${authenticationHeading}](#/${slug(authenticationHeading)}).`,
      node.externalDocs && link(node.externalDocs),
    ),
    security: security.map((name) => (name === undefined ? {} : { [names.get(name) ?? name]: [] })),
    parameters: parameters.map(({ examples, ...parameter }) => ({
      ...parameter,
      description: text(parameter, links),
      example: sampleValue(parameter, resolve),
      schema: shownSchema(parameter.schema, resolve, links),
    })),
    requestBody: requestBody && { ...requestBody, ...shownBody(requestBody, document, links) },
    responses: mapValues(Object.fromEntries(responses), (response) => ({
      ...response,
      ...shownBody(response, document, links),
      headers:
        response.headers &&
        mapValues(response.headers, (header) => ({
          ...header,
          description: text(header, links),
          schema: shownSchema(header.schema, resolve, links),
        })),
    })),
    'x-codeSamples': samplesOf(operation, document).map(({ label, source }) => ({ lang: label, label, source })),
  }
}

interface Body {
  readonly description?: string
  readonly content?: JsonContent
}

/** Examples of a union have the name of the member that they are before their own: so page.js finds one for a member. */
function shownBody(body: Body, document: Document, links: Links): Json {
  const resolve = resolver(document)
  const json = body.content?.['application/json']
  const examples = mapValues(json?.examples ?? {}, ({ value, summary }) => {
    const member = json && memberName(value, json.schema, document)
    return { value, summary: [member, summary].filter(Boolean).join(': ') }
  })
  return {
    description: paragraphs(text(body, links), json && shapes(json.schema, resolve)),
    content: json && { 'application/json': { examples, schema: shownSchema(json.schema, resolve, links) } },
  }
}

/**
 * A schema of which Redoc shows everything: what stands beside a reference is joined with what it leads to, parts of an
 * object are one object, and known values and evidence are in the description. References by themselves stay, since they
 * have names.
 */
function shownSchema(node: Schema, resolve: Resolve, links: Links): Json {
  if (node.$ref !== undefined && Object.keys(node).length === 1) return { $ref: node.$ref }
  const { allOf, properties: _, items, additionalProperties, ...schema } = whole(node, resolve)
  const { description, required = [], properties = {} } = joined(node, resolve)
  // Redoc says nothing of the objects in a list but their fields.
  const member = items && whole(items, resolve)
  return {
    ...schema,
    ...(allOf && { type: 'object' }),
    description: text(
      { ...schema, description: paragraphs(description, member?.properties && member.description) },
      links,
    ),
    ...(required.length > 0 && { required: [...new Set(required)] }),
    ...(Object.keys(properties).length > 0 && {
      properties: mapValues(properties, (one) => shownSchema(one, resolve, links)),
    }),
    ...(items && { items: shownSchema(items, resolve, links) }),
    ...(additionalProperties && { additionalProperties: shownSchema(additionalProperties, resolve, links) }),
  }
}

/** An object with its parts in it. */
function joined(node: Schema, resolve: Resolve): Schema {
  const { allOf = [], ...schema } = whole(node, resolve)
  const parts = allOf.map((part) => joined(part, resolve))
  return {
    description: paragraphs(schema.description, ...parts.map((part) => part.description)),
    required: [...parts.flatMap((part) => part.required ?? []), ...(schema.required ?? [])],
    properties: Object.assign({}, ...parts.map((part) => part.properties), schema.properties),
  }
}

/** A description with evidence and known values, which are extensions to Redoc. */
function text(node: Schema | Body, links: Links): string {
  const described = { ...node, description: forRedoc(node.description ?? '') }
  return paragraphs(withEvidence(described, links), 'x-extensible-enum' in node && knownValuesTable(node))
}

const mapValues = <Value, Mapped>(all: Readonly<Record<string, Value>>, change: (value: Value) => Mapped) =>
  Object.fromEntries(Object.entries(all).map(([name, value]) => [name, change(value)]))
