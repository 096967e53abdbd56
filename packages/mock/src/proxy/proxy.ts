import { rejectedCredentials } from '../credentials.ts'
import { handleSpecial } from '../handler.ts'
import { errorMessage, type MockRequest, type MockResponse, problem } from '../message.ts'
import { createRedact } from '../redact.ts'
import type { HandlerResult } from '../result.ts'
import { findOperation, type Match, type NoMatch, parseTarget, type Target } from '../route.ts'
import { validateRequest } from '../validate.ts'
import { type Finding, listLimit, sentence, toViolation, type Violation } from '../violation.ts'
import { endToEnd, type Forwarded, forward, type NoResponse } from './forward.ts'
import { findResponseViolations } from './response-violations.ts'

/** A request that the proxy received, and its violations and those of the response. */
export interface ProxiedRequest {
  readonly operationId?: string
  readonly outcome: Outcome
  /** The status of the upstream response. */
  readonly status?: number
  readonly request: readonly Violation[]
  readonly response: readonly Violation[]
}

/**
 * `rejected`: not forwarded, because of its violations. `not-sent`: no connection was established. `no-response`: sent, but
 * its outcome is unknown.
 */
export type Outcome = 'rejected' | 'not-sent' | 'no-response' | 'responded'

/** Observes proxied requests; the report file is one. */
export interface Listener {
  /** Called before a request is forwarded. */
  forwarding(): void
  /** Called when a request is done. */
  done(request: ProxiedRequest): void
}

/** The length of the header that lists violations: header lines are limited. */
const headerLimit = 4_000

/**
 * Creates a handler that forwards requests to a real host, and validates requests and responses against the contract.
 *
 * @param upstream origin, with an optional path prefix
 * @param errors whether a violation becomes a 502; a request with a violation is then not forwarded
 */
export function createProxy(upstream: URL, errors: boolean, listener?: Listener) {
  return async (request: MockRequest): Promise<HandlerResult> => {
    const target = parseTarget(request.target)
    const special = handleSpecial(request, target)
    if (special) return special
    const match = findOperation(request, target)
    const operation = 'operation' in match ? match.operation : undefined
    const redact = createRedact(request.headers)
    const inRequest = requestFindings(request, target, match)
    const isRejected = errors && inRequest.length > 0
    if (!isRejected) reportSafely(() => listener?.forwarding())
    const forwarded = isRejected ? undefined : await forward(request, upstreamUrl(upstream, target))
    const hasResponse = forwarded && 'status' in forwarded
    const inResponse =
      hasResponse && operation ? findResponseViolations(operation, request.method, forwarded, redact) : []
    const proxied: ProxiedRequest = {
      ...(operation && { operationId: operation.operationId }),
      ...outcomeOf(forwarded),
      request: inRequest.map((finding) => toViolation(finding, redact)),
      response: inResponse.map((finding) => toViolation(finding, redact)),
    }
    reportSafely(() => listener?.done(proxied))
    const first = firstViolations(proxied)
    const violations = [...first.request, ...first.response]
    const isReturned = forwarded && !(errors && violations.length > 0)
    const response = isReturned ? responseFrom(upstream, forwarded) : contractViolated(proxied.outcome, first)
    return { response: withViolations(response, proxied), violations }
  }
}

function outcomeOf(forwarded: Forwarded | NoResponse | undefined): Pick<ProxiedRequest, 'outcome' | 'status'> {
  if (!forwarded) return { outcome: 'rejected' }
  if ('status' in forwarded) return { outcome: 'responded', status: forwarded.status }
  return { outcome: forwarded.isNotSent ? 'not-sent' : 'no-response' }
}

function responseFrom(upstream: URL, forwarded: Forwarded | NoResponse): MockResponse {
  if ('status' in forwarded) return { ...forwarded, headers: endToEnd(forwarded.headers) }
  const outcome = forwarded.isNotSent
    ? 'Not sent: no connection was established, so retrying is safe.'
    : 'The host may have received and processed the request.'
  return problem('upstream-unreachable', `${upstream.origin}: ${forwarded.reason}. ${outcome}`)
}

/** The request may have been processed by now, so the caller gets the response even if the report cannot be written. */
function reportSafely(report: () => void): void {
  try {
    report()
  } catch (error) {
    process.stderr.write(`The report was not written: ${errorMessage(error)}\n`)
  }
}

/** Set part by part: resolved as a reference, a path such as `//host/` would send the request and its keys to another host. */
function upstreamUrl(upstream: URL, { path, search }: Target): URL {
  const url = new URL(upstream)
  url.pathname = upstream.pathname.replace(/\/$/, '') + path
  url.search = search
  return url
}

function requestFindings(request: MockRequest, target: Target, match: Match | NoMatch): readonly Finding[] {
  const { method, headers } = request
  if ('allowed' in match) {
    const expected = match.allowed.join(', ')
    if (expected) return [{ location: 'method', received: method, expected }]
    return [{ location: 'path', received: target.path, expected: 'a path of the contract' }]
  }
  const { findings } = validateRequest(match, request, target)
  return [rejectedCredentials(match.operation, headers) ?? [], findings].flat()
}

/** The first violations of request and response, and the number of the others. */
function firstViolations({ request, response }: ProxiedRequest, limit = 2 * listLimit) {
  const inRequest = request.slice(0, Math.min(listLimit, limit))
  const inResponse = response.slice(0, Math.min(listLimit, limit - inRequest.length))
  const more = request.length + response.length - inRequest.length - inResponse.length
  return { request: inRequest, response: inResponse, ...(more > 0 && { more }) }
}

function contractViolated(outcome: Outcome, first: ReturnType<typeof firstViolations>): MockResponse {
  const sentences = [
    ...first.request.map((violation) => `request: ${sentence(violation)}`),
    ...first.response.map((violation) => `response: ${sentence(violation)}`),
  ]
  const forwarding = outcome === 'rejected' ? 'The request was not forwarded.' : 'The request was forwarded.'
  return problem('contract-violated', `${forwarding} ${sentences.join('; ')}.`, first)
}

/** Adds a header with as many violations as fit. */
function withViolations(sent: MockResponse, proxied: ProxiedRequest): MockResponse {
  if (proxied.request.length + proxied.response.length === 0) return sent
  const header = (limit: number): string => {
    const text = asciiJson(firstViolations(proxied, limit))
    return text.length > headerLimit ? header(limit - 1) : text
  }
  return { ...sent, headers: { ...sent.headers, 'mock-violations': header(2 * listLimit) } }
}

const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
