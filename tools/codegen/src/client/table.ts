import { isDeepStrictEqual } from 'node:util'
import { at } from '@image-install-queue/contract/old/extension'
import type { Contract, Resolve } from '@image-install-queue/contract/old/index'
import client from '../../../../packages/client/package.json' with { type: 'json' }
import { isForm, isJson, type Method, type Parameter, security } from './model.ts'
import { type ClientScheme, type Source, toSource } from './security.ts'
import { topLevelTypes } from './shapes.ts'
import { code, imports, isIdentifier, literal, quote } from './text.ts'
import { assertionsOf } from './validators.ts'

/** The contract as the client's runtime reads it: data, and the parts of the runtime that this contract needs. */
export function contractTable(
  contract: Contract,
  methods: readonly Method[],
  schemes: Record<string, ClientScheme>,
  resolve: Resolve,
): string {
  const product = client.name.replace(/^@([^/]+)\/.*$/, '$1')
  const table = literal({
    userAgent: `${product}/${client.version} contract/${contract.version}`,
    servers: servers(contract).map(({ url }) => url),
    baseUrl: baseUrlSource(contract),
    security: code('security'),
    operations: Object.fromEntries(methods.map((method) => [method.name, operationEntry(method, contract, resolve)])),
  })
  const made = Object.entries(schemes).map(([name, { kind, header, values }]) => {
    const sources = values.map((source) => literal(source))
    return [name, code(`${kind}(${[...(kind === 'apiKey' ? [quote(header)] : []), ...sources].join(', ')})`)]
  })
  const declared = [
    ...(made.length > 0 ? [`const schemes = ${literal(Object.fromEntries(made))}\n`] : []),
    `/** The credentials that the contract asks for in general. */\nconst security = ${literal(securityEntry(security(contract)))}\n`,
  ].join('\n')
  return `${partsIn(declared + table)}import type { Contract } from '../contract.ts'

/** Version of the contract that this client was generated from. */
export const specVersion = ${quote(contract.version)}

/** SHA-256 of the contract's text. */
export const specSha256 = ${quote(contract.sha256)}

${declared}
/** What the runtime knows of the contract. */
export const contract: Contract = ${table}
`
}

/** The parts of the runtime by module; what a contract does not need is not imported, and so in no bundle. */
const parts: Readonly<Record<string, readonly string[]>> = {
  '../auth.ts': ['apiKey', 'basic', 'bearer'],
  '../retry.ts': ['once', 'readOnly'],
  '../rules.ts': ['boolean', 'headerText', 'integer', 'segment'],
  '../schema.ts': ['matching'],
  '../transport.ts': ['styled'],
}

function partsIn(text: string): string {
  // Texts are in quotes, property names before a colon or after a dot, so a bare name is a use of the part.
  const bare = text.replace(/'(?:[^'\\]|\\.)*'/g, '')
  return imports('import', parts, (name) => new RegExp(`(?<![.\\w])${name}\\b(?!:)`).test(bare))
}

/** The absolute addresses under `servers`, variables at their defaults. */
export function servers({ document }: Contract): { url: string; description: string | undefined }[] {
  return (document.servers ?? [])
    .map(({ url, variables, description }) => ({
      url: url.replace(/\{([^}]+)\}/g, (_, name: string) => variables?.[name]?.default ?? '').replace(/\/$/, ''),
      description,
    }))
    .filter(({ url }) => /^https?:\/\//i.test(url))
}

/** Where the base URL comes from when it is not the document's first server. */
export function baseUrlSource({ document }: Contract): Source {
  return toSource(at(at(document.info, 'x-client'), 'baseUrl')) ?? { option: 'baseUrl' }
}

const securityEntry = (alternatives: readonly (readonly string[])[]) =>
  alternatives.map((names) =>
    names.map((name) => code(isIdentifier(name) ? `schemes.${name}` : `schemes[${quote(name)}]`)),
  )

function operationEntry(method: Method, contract: Contract, resolve: Resolve) {
  const { operation, parameters, body, results, inBandErrors } = method
  const inQuery = parameters.filter(({ node }) => node.in === 'query')
  // The runtime writes plain values by itself.
  const styled = parameters
    .filter(({ node, json }) => (node.in === 'path' || node.in === 'query') && !json)
    .some(
      ({ node, schema }) =>
        (node.style ?? node.explode) !== undefined ||
        topLevelTypes(schema, resolve).some((type) => !plain.includes(type)),
    )
  const styles = inQuery.map(({ node: { name, style = 'form', explode = style === 'form' } }) =>
    literal({ name, style, explode }),
  )
  return {
    method: operation.method.toUpperCase(),
    path: templateOf(method),
    policy: code(operation.stateChanging ? 'once' : 'readOnly'),
    parameters: parameters.map((parameter) => parameterEntry(parameter, operation.operationId, resolve)),
    url: styled ? code(`styled(${styles.join(', ')})`) : undefined,
    body: body && {
      type: body.mediaType,
      required: body.required || undefined,
      write: isJson(body.mediaType) ? undefined : code(isForm(body.mediaType) ? formWriter : '(value) => value'),
    },
    security: isDeepStrictEqual(method.security, security(contract))
      ? code('security')
      : securityEntry(method.security),
    success: Object.fromEntries(
      results.map(({ status, types }) => [status.toUpperCase(), types.length === 6 ? ['any'] : types]),
    ),
    inBandErrors: inBandErrors.map(({ name: _, ...rule }) => rule),
    docs: operation.node.externalDocs?.url ?? contract.document.externalDocs?.url,
  }
}

/** What is written in one way, whatever the style. */
const plain: readonly string[] = ['boolean', 'number', 'string']

/** A list is a name repeated, an object in it is JSON, and what is undefined is left out. */
const formWriter = `(value) => new URLSearchParams(Object.entries(Object(value)).flatMap(([name, item]) =>
        item === undefined ? [] : [item].flat().map((part) => [name, typeof part === 'object' ? JSON.stringify(part) : String(part)])))`

/** The path, with the styles of its parameters in the notation of URI templates. */
function templateOf({ operation, parameters }: Method): string {
  return parameters.reduce((path, { node }) => {
    const prefix = { label: '.', matrix: ';' }[String(node.style)] ?? ''
    return node.in === 'path'
      ? path.replace(`{${node.name}}`, `{${prefix}${node.name}${node.explode ? '*' : ''}}`)
      : path
  }, operation.path)
}

function parameterEntry({ node, key, schema, json, source }: Parameter, operationId: string, resolve: Resolve) {
  const cookie =
    node.in === 'cookie' &&
    code(`(value) => ${quote(`${encodeURIComponent(node.name)}=`)} + encodeURIComponent(String(value))`)
  const place = `parameter "${node.name}" of "${operationId}"`
  const name = cookie ? 'cookie' : node.name
  return {
    name,
    as: key === name ? undefined : key,
    in: cookie ? 'header' : node.in,
    required: node.required || undefined,
    check: checkCode(node.in, assertionsOf(json ? {} : schema, resolve, place)),
    write: json ? code('JSON.stringify') : cookie || undefined,
    ...source,
    read: source?.env && readerOf(schema),
  }
}

/** How the text of an environment variable becomes a value of this schema; text stays as it is. */
function readerOf({ type }: Parameter['schema']) {
  const isText = type === undefined || [type].flat().includes('string')
  return isText ? undefined : code('JSON.parse')
}

/** The cheapest check that says the same as a schema. */
function checkCode(place: string | undefined, rule: Record<string, unknown>) {
  const { type, minimum, maximum, ...others } = rule
  const simple = Object.keys(others).length === 0
  const bounds = [minimum, maximum].map(String)
  while (bounds.at(-1) === 'undefined') bounds.pop()
  if (simple && type === 'integer') return code(`integer(${bounds.join(', ')})`)
  if (simple && type === 'boolean') return code('boolean')
  const check = Object.keys(rule).length === 0 ? '' : `matching(${literal(rule)})`
  if (place === 'path') return code(`segment(${check})`)
  if (place === 'header') return code(`headerText(${check})`)
  return check ? code(check) : undefined
}
