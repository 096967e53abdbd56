import type { IHttpOperation, IHttpOperationRequest, IHttpOperationResponse, IHttpParam } from '@stoplight/types'
import data from './generated/contract.gen.json' with { type: 'json' }

/** `info.version` of the contract. */
export const specVersion: string = data.version

/** SHA-256 of the contract's file, hexadecimal. */
export const specSha256: string = data.sha256

/** A named example of a response. */
export interface MockExample {
  readonly name: string
  /** Its key in `responses`. */
  readonly key: string
  /** The status it is sent with. */
  readonly status: number
  readonly summary?: string
  /** The example that the same request gets the next time. */
  readonly next?: string
}

/** The location of a parameter. */
export const places = ['path', 'query', 'header'] as const
export type Place = (typeof places)[number]

/** An example that is selected by the values of a request. */
export interface MockScenario extends MockExample {
  readonly parameters: readonly { readonly name: string; readonly in: Place; readonly value: unknown }[]
  readonly body?: { readonly value: unknown }
}

/** An operation as the generator writes it: every list is present, possibly empty. */
export interface PrismOperation extends IHttpOperation {
  request: IHttpOperationRequest & Required<Pick<IHttpOperationRequest, 'path' | 'query' | 'headers'>>
  responses: (IHttpOperationResponse & Required<Pick<IHttpOperationResponse, 'contents'>>)[]
}

export interface MockOperation {
  readonly operationId: string
  /** Lower case. */
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly isStateChanging: boolean
  /** The accepted authentication schemes; `none` makes credentials optional. Empty: credentials are not checked. */
  readonly security: readonly ('basic' | 'bearer' | 'none')[]
  /** The keys of `responses`. */
  readonly statuses: readonly string[]
  /** By status, the lowest first. */
  readonly examples: readonly MockExample[]
  /** In order of precedence. */
  readonly scenarios: readonly MockScenario[]
  /** The example to return if no scenario matches. */
  readonly fallback?: MockExample
  /** The operation in Prism's format. */
  readonly prism: PrismOperation
}

/** A valid request, for the line that shows how to call the mock: path and query, and the flags of curl. */
export const sample: { readonly target: string; readonly flags: readonly string[] } | undefined = data.sample
// The generator writes exactly these types; TypeScript infers wider ones from JSON.
export const operations = data.operations as unknown as readonly MockOperation[]

/** @throws {TypeError} if the contract has no such operation */
export function operationNamed(operationId: unknown): MockOperation {
  const operation = operations.find((each) => each.operationId === operationId)
  if (operation) return operation
  const known = operations.map((each) => each.operationId).join(', ')
  throw new TypeError(`"${operationId}" is not an operation. Known operations: ${known}.`)
}

/** The key of `responses` for a status: the status itself or `default`. */
export const responseKey = (status: number | string, { statuses }: MockOperation): string | undefined =>
  [`${status}`, 'default'].find((key) => statuses.includes(key))

/** Whether the response with this status has a body. */
export function hasBody(status: number, operation: MockOperation): boolean {
  const key = responseKey(status, operation)
  return operation.prism.responses.some(({ code, contents }) => code === key && contents.length > 0)
}

/** A parameter in Prism's format. */
export type Parameter = IHttpParam

/** The parameters that an operation declares in one location. */
export const parametersIn = (place: Place, { prism: { request } }: MockOperation): readonly Parameter[] =>
  request[place === 'header' ? 'headers' : place]

/** The JSON types that a schema allows; empty if it allows any. */
export function typesOf({ type }: NonNullable<Parameter['schema']> = {}): readonly string[] {
  if (type === undefined) return []
  return Array.isArray(type) ? type : [type]
}

/** The schema of a list's items. */
export const itemsOf = (schema: Parameter['schema']): Parameter['schema'] =>
  typeof schema?.items === 'object' && !Array.isArray(schema.items) ? schema.items : {}
