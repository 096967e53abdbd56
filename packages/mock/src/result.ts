import type { ParsedFault } from './fault.ts'
import type { MockResponse } from './message.ts'
import type { Violation } from './violation.ts'

/** The result of handling a request. */
export interface HandlerResult {
  readonly response: MockResponse
  readonly operationId?: string
  /** The name of the example that the response contains. */
  readonly scenario?: string | undefined
  /** A fault that the caller gets instead of the response, or in addition to it. */
  readonly fault?: ParsedFault | undefined
  /** In the request or, behind the proxy, in the response. */
  readonly violations?: readonly Violation[]
  /** Whether the request was about the mock or a browser's preflight, and so not a request of the contract. */
  readonly isControlRequest?: true
  /** Whether web pages of other origins must not read the response. */
  readonly isPrivate?: boolean
}
