import type { ParsedFault } from './fault.ts'
import type { MockRequest, MockResponse } from './message.ts'
import type { Violation } from './violation.ts'

/** The result of handling a request. */
export interface HandlerResult {
  readonly response: MockResponse
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

/** The response to a browser's preflight request; undefined for any other request. */
export function preflight({ method, headers }: MockRequest): MockResponse | undefined {
  const wanted = headers['access-control-request-method']
  if (method !== 'OPTIONS' || headers.origin === undefined || wanted === undefined) return undefined
  const allowed = {
    'access-control-allow-methods': wanted,
    'access-control-allow-headers': headers['access-control-request-headers'] ?? '*',
    'access-control-max-age': '600',
  }
  return { status: 204, headers: allowed, body: undefined }
}

/**
 * The response to send: that of an injected fault if it has one, without its body for HEAD, readable for web pages of any
 * origin unless it is private.
 */
export function sentResponse(
  { method, headers: { origin } }: MockRequest,
  { response, fault, isPrivate }: HandlerResult,
): MockResponse {
  const whole = fault?.kind === 'response' ? fault.response : response
  const sent = method === 'HEAD' ? { ...whole, body: undefined } : whole
  if (origin === undefined || isPrivate) return sent
  const { vary } = sent.headers
  const cors = {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': Object.keys(sent.headers).join(', '),
    vary: vary === undefined ? 'origin' : `${vary}, origin`,
  }
  return { ...sent, headers: { ...sent.headers, ...cors } }
}
