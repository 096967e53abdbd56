import {
  baseUrlOption,
  type Contract,
  flattenObject,
  type InBandErrorRule,
  inBandErrors,
  isInBandError,
  type Operation,
  type ParameterNode,
  type Resolve,
  type Schema,
} from '@image-install-queue/contract'
import client from '../../../../packages/client/package.json' with { type: 'json' }
import { literal, quote } from '../text.ts'
import { secretsOf, securitySchemes } from './security.ts'

/** The contract as data for the client's runtime. */
export function contractTable(contract: Contract, operations: readonly Operation[], resolve: Resolve): string {
  const { document, version, sha256 } = contract
  const product = client.name.replace(/^@([^/]+)\/.*$/, '$1')
  const requirements = document.security?.map((requirement) => Object.keys(requirement)[0])
  const table = {
    userAgent: `${product}/${client.version} contract/${version}`,
    servers: document.servers.map(({ url }) => url),
    baseUrl: baseUrlOption(document),
    securitySchemes: Object.fromEntries(
      securitySchemes(document).map(([name, scheme]) => [
        name,
        { scheme: scheme.scheme, secrets: secretsOf(scheme).map(({ part: _, ...option }) => option) },
      ]),
    ),
    security: alternatives(requirements ?? operations.flatMap(({ security }) => security)),
    operations: operations.map((operation) => entry(operation, contract, resolve)),
  }
  return `import type { Contract } from '../contract.ts'

/** Version of the contract that this client was generated from. */
export const specVersion = ${quote(version)}

/** SHA-256 of the contract's text. */
export const specSha256 = ${quote(sha256)}

/** The contract as data. */
export const contract: Contract = ${literal(table)}
`
}

function entry(operation: Operation, { document }: Contract, resolve: Resolve) {
  const { method, path, isStateChanging, lookupOperation, parameters, requestBody, responses, security } = operation
  const success = [...responses].filter(([status]) => status.startsWith('2'))
  const outcomes = [...responses].flatMap(([status, response]) => {
    const outcome = response['x-outcome']
    return outcome ? [[status, outcome.is] as const] : []
  })
  return {
    name: operation.operationId,
    method: method.toUpperCase(),
    path,
    isStateChanging,
    lookupOperation,
    parameters: parameters.map((parameter) => parameterEntry(parameter, resolve)),
    body: requestBody && { required: requestBody.required ?? false },
    security: alternatives(security),
    success: Object.fromEntries(
      success.map(([status, { content }]) => [
        status,
        content ? topLevelType(content['application/json'].schema, resolve) : 'nothing',
      ]),
    ),
    resultFields: resultFields(operation, resolve),
    outcomes: outcomes.length > 0 ? Object.fromEntries(outcomes) : undefined,
    inBandErrors: inBandErrors(operation, resolve).map(({ rule }) => ({
      when: rule.when,
      code: rule.code,
      message: rule.message,
      fields: fieldsOf(rule),
    })),
    docs: operation.node.externalDocs?.url ?? document.externalDocs?.url,
  }
}

/** Every alternative once, beginning with that of no credentials. */
const alternatives = (schemes: readonly (string | undefined)[]): (string | null)[] =>
  [...new Set(schemes.map((scheme) => scheme ?? null))].sort((a, b) => Number(b === null) - Number(a === null))

/** Fields of our own errors. */
const reserved = 'name message stack cause code outcome operation status headers body retryAfterMs problems'.split(' ')

/** The fields of an error's body that the client copies to its error. */
export const fieldsOf = ({ code, message, messages }: InBandErrorRule): string[] =>
  [code, message, messages].flatMap((field) => (field === undefined || reserved.includes(field) ? [] : [field]))

/**
 * The fields that only results have, by which the client recognizes one. Undefined where an object without any of them can
 * be a result.
 */
function resultFields({ responses }: Operation, resolve: Resolve): string[] | undefined {
  const variants = [...responses].flatMap(([status, { content }]) => {
    const schema: Schema | undefined = content?.['application/json'].schema
    const all: readonly Schema[] = (schema && resolve(schema).oneOf) ?? (schema ? [schema] : [])
    return all.map((variant) => ({
      variant,
      isError: isInBandError(variant, resolve),
      isSuccess: status.startsWith('2'),
    }))
  })
  const results = variants.filter(({ variant, isError, isSuccess }) => {
    return isSuccess && !isError && topLevelType(variant, resolve) === 'object'
  })
  const errors = variants.filter(({ isError }) => isError)
  const errorFields = new Set(errors.flatMap(({ variant }) => [...flattenObject(variant, resolve).properties.keys()]))
  const isOwn = (name: string) => !errorFields.has(name)
  const isRecognizable = results.every(({ variant }) => [...flattenObject(variant, resolve).required].some(isOwn))
  if (results.length === 0 || !isRecognizable) return undefined
  const names = results.flatMap(({ variant }) => [...flattenObject(variant, resolve).properties.keys()])
  return [...new Set(names)].filter(isOwn)
}

/** A body is an object or a list. */
const topLevelType = (schema: Schema, resolve: Resolve) => (resolve(schema).type === 'array' ? 'array' : 'object')

/** The keywords by which the client checks a plain value. */
export const checked = [
  'type',
  'const',
  'enum',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'pattern',
  'minItems',
  'maxItems',
]

function parameterEntry({ name, in: place, required, schema, 'x-client': option }: ParameterNode, resolve: Resolve) {
  return { name, in: place, required: required || undefined, ...option, schema: plain(schema, resolve) }
}

/** The keywords of a plain value, or of a list of those, that are checked. */
function plain(schema: Schema, resolve: Resolve): object {
  const node = resolve(schema)
  const entries = Object.entries(node).filter(([name]) => checked.includes(name))
  return { ...Object.fromEntries(entries), ...(node.items && { items: plain(node.items, resolve) }) }
}
