import type { IHttpOperation, IHttpOperationRequest, IHttpOperationResponse } from '@stoplight/types'
import { sources } from './generated/contract.gen.ts'
import type { OperationSource } from './source.ts'

/** A named example of a response. */
export interface NamedAnswer {
  readonly name: string
  /** Its key in `responses`. */
  readonly status: string
  /** The status to ask of Prism for it. */
  readonly code: number
  /** The types it is offered in. */
  readonly mediaTypes: readonly string[]
}

/** An answer that a request chooses by its values. */
export interface Scenario extends NamedAnswer {
  readonly summary?: string
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly value: unknown }[]
  readonly body?: { readonly value: unknown }
}

/** One credential that a request must bring. */
export type Credential = { readonly kind: 'basic' | 'bearer' } | { readonly kind: 'apiKey'; readonly header: string }

export interface Operation extends Omit<OperationSource, 'details'> {
  /** Alternatives, each a list of credentials that are needed together. Empty: nobody is asked. */
  readonly security: readonly (readonly Credential[])[]
  /** The keys of `responses`. */
  readonly statuses: readonly string[]
  /** By status, the lowest first. */
  readonly answers: readonly NamedAnswer[]
  /** In the order in which they are tried. */
  readonly scenarios: readonly Scenario[]
  readonly fallback: NamedAnswer | false
  /** What Prism validates by and answers from. */
  readonly prism: PrismOperation
}

/** As the generator writes it: every list is there, if empty. */
export interface PrismOperation extends IHttpOperation {
  request: IHttpOperationRequest & Required<Pick<IHttpOperationRequest, 'path' | 'query' | 'headers' | 'cookie'>>
  responses: (IHttpOperationResponse & Required<Pick<IHttpOperationResponse, 'contents'>>)[]
}

const read = new Map<OperationSource, Operation>()

/** Reads an operation when it is first called. */
export function operationFrom(source: OperationSource): Operation {
  const known = read.get(source)
  if (known) return known
  const operation: Operation = { ...source, ...JSON.parse(source.details) }
  read.set(source, operation)
  return operation
}

/** All operations, read. */
export function allOperations(): Operation[] {
  return sources.map(operationFrom)
}

/** The key of `responses` that a status falls under. */
export function responseKey(status: number | string, { statuses }: Operation): string | undefined {
  const code = String(status)
  return [code, `${code.charAt(0)}XX`, 'default'].find((key) => statuses.includes(key))
}

/** The media types of the response with this status. */
export function typesOffered(status: number, operation: Operation): readonly string[] {
  const key = responseKey(status, operation)
  const responses = operation.prism.responses.filter(({ code }) => code === key)
  return responses.flatMap(({ contents }) => contents.map(({ mediaType }) => mediaType))
}
