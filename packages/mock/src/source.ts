/** An operation as it is generated: what finds it, and the rest as JSON until it is called. */
export interface OperationSource {
  readonly operationId: string
  /** Lower case. */
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly stateChanging: boolean
  readonly details: string
}

/** A request that the contract allows, for the line that shows how to ask the mock. */
export interface SampleRequest {
  /** Path and query. */
  readonly target: string
  /** What curl needs besides the URL. */
  readonly flags: readonly string[]
}
