import { type Contract, resolver } from '@image-install-queue/contract/old/index'
import type { Oas3_1Schema, Oas3Parameter } from '@redocly/openapi-core'
import { readSecurity } from './operations.ts'

/** A request to show how the mock is asked: that of the first operation that needs no body. */
export function sampleRequest(contract: Contract) {
  const { document, operations } = contract
  const operation = operations.find(({ requestBody }) => !requestBody?.required)
  if (!operation) return undefined
  const resolve = resolver(document)
  const values = operation.parameters
    .filter((parameter) => parameter.required)
    .map((parameter) => ({ ...parameter, value: String(exampleOf(parameter, resolve)) }))
  const path = values
    .filter((parameter) => parameter.in === 'path')
    .reduce((target, { name, value }) => target.replace(`{${name}}`, encodeURIComponent(value)), operation.path)
  const query = new URLSearchParams(
    values.filter(({ in: place }) => place === 'query').map(({ name, value }): [string, string] => [name, value]),
  )
  const [credentials = []] = readSecurity(operation, contract)
  const flags = [
    ...(operation.method === 'get' ? [] : [`--request ${operation.method.toUpperCase()}`]),
    ...credentials.map(({ kind, header }) =>
      kind === 'basic'
        ? '--user key:secret'
        : headerFlag(header ?? 'authorization', kind === 'bearer' ? 'Bearer token' : 'key'),
    ),
    ...values.filter(({ in: place }) => place === 'header').map(({ name, value }) => headerFlag(name, value)),
  ]
  return { target: query.size > 0 ? `${path}?${query}` : path, flags }
}

function headerFlag(name: string, value: string): string {
  return `--header '${`${name}: ${value}`.replaceAll("'", `'\\''`)}'`
}

function exampleOf(parameter: Oas3Parameter<Oas3_1Schema>, resolve: ReturnType<typeof resolver>): unknown {
  const schema: Oas3_1Schema = parameter.schema ? resolve(parameter.schema) : {}
  const [paired] = Object.values(parameter.examples ?? {})
  const known = [
    parameter.example,
    schema.examples?.[0],
    schema.default,
    schema.enum?.[0],
    paired && resolve(paired).value,
  ]
  const first = known.find((value) => value !== undefined)
  if (first !== undefined) return first
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  return type === 'integer' || type === 'number' ? (schema.minimum ?? 1) : type === 'boolean' ? true : 'example'
}
