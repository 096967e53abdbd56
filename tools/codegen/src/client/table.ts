import type { Contract, Resolve } from '@image-install-queue/spec/read'
import type { Oas3_1Schema } from '@redocly/openapi-core'
import client from '../../../../packages/client/package.json' with { type: 'json' }
import type { Method, Parameter } from './model.ts'
import { type Scheme, toSource } from './security.ts'
import { literal, quote } from './text.ts'

/** The contract as the client's runtime reads it: plain data. */
export function contractTable(
  contract: Contract,
  methods: readonly Method[],
  schemes: Record<string, Scheme>,
  resolve: Resolve,
): string {
  const { document } = contract
  const product = client.name.replace(/^@([^/]+)\/.*$/, '$1')
  const table = {
    userAgent: `${product}/${client.version} contract/${contract.version}`,
    servers: serverUrls(contract),
    baseUrl: baseUrlSource(contract),
    schemes,
    operations: Object.fromEntries(methods.map((method) => [method.name, operationEntry(method, document, resolve)])),
  }
  return `import type { Contract } from '../contract.ts'

/** Version of the contract that this client was generated from. */
export const specVersion = ${quote(contract.version)}

/** SHA-256 of the contract's text. */
export const specSha256 = ${quote(contract.sha256)}

/** What the runtime knows of the contract. */
export const contract: Contract = ${literal(table)}
`
}

/** The absolute addresses under \`servers\`, variables at their defaults. */
export function serverUrls({ document }: Contract): string[] {
  return (document.servers ?? [])
    .map(({ url, variables }) => url.replace(/\{([^}]+)\}/g, (_, name: string) => variables?.[name]?.default ?? ''))
    .filter((url) => /^https?:\/\//i.test(url))
    .map((url) => url.replace(/\/$/, ''))
}

/** Where the base URL comes from when it is not the document's first server. */
export function baseUrlSource({ document }: Contract) {
  const client: unknown = Reflect.get(document.info ?? {}, 'x-client')
  const named = client && typeof client === 'object' ? toSource(Reflect.get(client, 'baseUrl')) : undefined
  return named ?? { option: 'baseUrl' }
}

function operationEntry(method: Method, document: Contract['document'], resolve: Resolve) {
  const { operation, parameters, body, results, inBandErrors, security } = method
  return {
    method: operation.method.toUpperCase(),
    path: templateOf(method),
    stateChanging: operation.stateChanging,
    parameters: parameters.map(parameterEntry),
    ...(body && { body: { type: body.mediaType, required: body.required } }),
    security,
    success: Object.fromEntries(
      results.map(({ status, types }) => [status.toUpperCase(), types.length === 6 ? ['any'] : types]),
    ),
    inBandErrors: inBandErrors.map((name) =>
      Reflect.get(resolve({ $ref: `#/components/schemas/${name}` }), 'x-in-band-error'),
    ),
    docs: operation.node.externalDocs?.url ?? document.externalDocs?.url,
  }
}

/** The path, with the styles of its parameters in the notation of URI templates. */
function templateOf({ operation, parameters }: Method): string {
  return parameters.reduce((path, { node }) => {
    const prefix = { label: '.', matrix: ';' }[String(node.style)] ?? ''
    return node.in === 'path'
      ? path.replace(`{${node.name}}`, `{${prefix}${node.name}${node.explode ? '*' : ''}}`)
      : path
  }, operation.path)
}

function parameterEntry({ node, key, schema, json, source }: Parameter) {
  const rule = ruleOf(schema)
  const compound = [rule.type].flat().some((type) => type === 'array' || type === 'object')
  return {
    name: node.name,
    ...(key !== node.name && { as: key }),
    in: node.in,
    ...(node.required && { required: true }),
    ...(json ? { json } : rule),
    ...(node.in === 'query' && compound && { style: node.style ?? 'form', explode: node.explode ?? !node.style }),
    ...source,
  }
}

/** The part of a schema that is checked before a request is sent. */
function ruleOf(schema: Oas3_1Schema): Record<string, unknown> {
  const safe = schema.type === 'integer'
  const minimum =
    schema.minimum ?? (safe && schema.exclusiveMinimum === undefined ? Number.MIN_SAFE_INTEGER : undefined)
  const maximum =
    schema.maximum ?? (safe && schema.exclusiveMaximum === undefined ? Number.MAX_SAFE_INTEGER : undefined)
  const { type, exclusiveMinimum, exclusiveMaximum, minLength, maxLength, pattern, minItems, maxItems } = schema
  const values = schema.const === undefined ? schema.enum : [schema.const]
  const items = typeof schema.items === 'object' && !schema.items.$ref ? ruleOf(schema.items) : undefined
  const rule = {
    type,
    minimum,
    maximum,
    exclusiveMinimum,
    exclusiveMaximum,
    minLength,
    maxLength,
    pattern,
    minItems,
    maxItems,
  }
  return Object.fromEntries(Object.entries({ ...rule, enum: values, items }).filter(([, value]) => value !== undefined))
}
