import type { MockRequest, MockResponse } from './message.ts'
import type { HandlerResult } from './result.ts'

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
