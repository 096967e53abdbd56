import { isAuthorized, rejectedCredentials } from '../credentials.ts'
import { handleSpecial } from '../handler.ts'
import { errorMessage, type MockRequest, type MockResponse, problem } from '../message.ts'
import { createRedact } from '../redact.ts'
import type { HandlerResult } from '../result.ts'
import { findOperation, type Match, type NoMatch, parseTarget, type Target } from '../route.ts'
import { validateRequest } from '../validate.ts'
import { type Finding, listLimit, sentence, toViolations, type Violation } from '../violation.ts'
import { endToEnd, forward } from './forward.ts'
import { findResponseViolations } from './response-violations.ts'

/** A request that the proxy received, and its violations and those of the response. */
export interface ProxiedRequest {
  readonly operationId?: string
  readonly outcome: Outcome
  /** The status of the upstream response. */
  readonly status?: number
  readonly request: readonly Violation[]
  readonly response: readonly Violation[]
  /** The number of violations that are not listed. */
  readonly more?: number
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

/** Violations that a listener gets of one message. */
const observedLimit = 1_000

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
    const special = handleSpecial(request, target, undefined, false)
    if (special) return special
    const match = findOperation(request, target)
    const operation = 'operation' in match ? match.operation : undefined
    const id = operation && { operationId: operation.operationId }
    const redact = createRedact(request.headers)
    const inRequest = toViolations(requestFindings(request, target, match), observedLimit, redact)

    const done = (
      outcome: Outcome,
      response: MockResponse,
      { status, findings = [] }: { status?: number; findings?: readonly Finding[] } = {},
    ): HandlerResult => {
      const inResponse = toViolations(findings, observedLimit, redact)
      const more = (inRequest.more ?? 0) + (inResponse.more ?? 0)
      const proxied: ProxiedRequest = {
        ...id,
        outcome,
        ...(status !== undefined && { status }),
        request: inRequest.violations,
        response: inResponse.violations,
        ...(more > 0 && { more }),
      }
      reportSafely(() => listener?.done(proxied))
      const hasViolation = proxied.request.length + proxied.response.length > 0
      const isReplaced = errors && hasViolation && outcome !== 'not-sent' && outcome !== 'no-response'
      return {
        response: withViolations(isReplaced ? contractViolated(proxied) : response, proxied),
        ...id,
        violations: [...proxied.request.slice(0, listLimit), ...proxied.response.slice(0, listLimit)],
      }
    }

    if (errors && inRequest.violations.length > 0) return done('rejected', noResponse)
    reportSafely(() => listener?.forwarding())
    const forwarded = await forward(request, upstreamUrl(upstream, target))
    if ('reason' in forwarded) {
      const { reason, isNotSent } = forwarded
      const outcome = isNotSent
        ? 'Not sent: no connection was established, so retrying is safe.'
        : 'The host may have received and processed the request.'
      const response = problem('upstream-unreachable', `${upstream.origin}: ${reason}. ${outcome}`)
      return done(isNotSent ? 'not-sent' : 'no-response', response)
    }
    const { status } = forwarded
    const findings = operation ? findResponseViolations(operation, request.method, forwarded, redact) : []
    return done('responded', { ...forwarded, headers: endToEnd(forwarded.headers) }, { status, findings })
  }
}

/** Always replaced: a request that is not forwarded has violations. */
const noResponse: MockResponse = { status: 502, headers: {}, body: undefined }

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
  if (isAuthorized(match.operation, headers)) return findings
  return [rejectedCredentials(match.operation, headers), ...findings]
}

function contractViolated({ outcome, request, response, more }: ProxiedRequest): MockResponse {
  const listed = { request: request.slice(0, listLimit), response: response.slice(0, listLimit) }
  const found = [
    ...listed.request.map((violation) => `request: ${sentence(violation)}`),
    ...listed.response.map((violation) => `response: ${sentence(violation)}`),
  ]
  const forwarding = outcome === 'rejected' ? 'The request was not forwarded.' : 'The request was forwarded.'
  const count = request.length + response.length + (more ?? 0)
  return problem('contract-violated', `${forwarding} ${found.join('; ')}.`, {
    ...listed,
    ...(count > found.length && { more: count - found.length }),
  })
}

/** Adds a header with as many violations as fit. */
function withViolations(sent: MockResponse, { request, response, more = 0 }: ProxiedRequest): MockResponse {
  const listed = [
    ...request.slice(0, listLimit).map((violation) => ({ part: 'request', violation })),
    ...response.slice(0, listLimit).map((violation) => ({ part: 'response', violation })),
  ]
  if (listed.length === 0) return sent
  const count = request.length + response.length + more
  const header = (kept: number) => {
    const of = (wanted: string) =>
      listed.slice(0, kept).flatMap(({ part, violation }) => (part === wanted ? [violation] : []))
    const text = JSON.stringify({
      request: of('request'),
      response: of('response'),
      ...(kept < count && { more: count - kept }),
    })
    return text.replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
  }
  let kept = listed.length
  while (header(kept).length > headerLimit) kept--
  return { ...sent, headers: { ...sent.headers, 'mock-violations': header(kept) } }
}
