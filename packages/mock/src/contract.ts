import type { IHttpOperation, IHttpOperationRequest, IHttpOperationResponse } from '@stoplight/types'
import data from './generated/contract.gen.json' with { type: 'json' }

/** A named example of a response. */
export interface MockExample {
  readonly name: string
  /** Its key in `responses`. */
  readonly key: string
  /** The status it is sent with. */
  readonly status: number
  readonly summary?: string
  /** The example that answers the same request the next time. */
  readonly next?: string
}

/** Where a parameter stands. */
export const places = ['path', 'query', 'header'] as const
export type Place = (typeof places)[number]

/** An example that a request chooses by its values. */
export interface MockScenario extends MockExample {
  readonly parameters: readonly { readonly name: string; readonly in: Place; readonly value: unknown }[]
  readonly body?: { readonly value: unknown }
}

/** As the generator writes it: every list is there, if empty. */
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
  /** What a request must bring, any one of them; `none` among them: nothing. Empty: nobody is asked. */
  readonly security: readonly ('basic' | 'bearer' | 'none')[]
  /** The keys of `responses`. */
  readonly statuses: readonly string[]
  /** By status, the lowest first. */
  readonly examples: readonly MockExample[]
  /** In the order in which they are tried. */
  readonly scenarios: readonly MockScenario[]
  /** What answers when no scenario does. */
  readonly fallback?: MockExample
  /** What Prism routes and validates by and answers from. */
  readonly prism: PrismOperation
}

/** A request that the contract allows, for the line that shows how to ask the mock. */
interface SampleRequest {
  /** Path and query. */
  readonly target: string
  /** What curl needs besides the URL. */
  readonly flags: readonly string[]
}

export const sample: SampleRequest | undefined = data.sample
// The generator writes what these types say; TypeScript reads JSON more loosely.
export const operations = data.operations as unknown as readonly MockOperation[]

/** The key of `responses` that a status falls under. */
export const responseKey = (status: number | string, { statuses }: MockOperation): string | undefined =>
  [`${status}`, 'default'].find((key) => statuses.includes(key))

/** Whether the response with this status has a body. */
export function hasBody(status: number, operation: MockOperation): boolean {
  const key = responseKey(status, operation)
  return operation.prism.responses.some(({ code, contents }) => code === key && contents.length > 0)
}
