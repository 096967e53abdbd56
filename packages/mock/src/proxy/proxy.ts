import { challenge, isAuthorized } from '../credentials.ts'
import type { Handled } from '../handled.ts'
import { asideReply } from '../handler.ts'
import { inspect } from '../inspect.ts'
import { type Incoming, type Reply, reasonOf } from '../message.ts'
import { problem } from '../problem.ts'
import { findOperation } from '../route.ts'
import { parseTarget, type Target } from '../target.ts'
import { sentence, type Violation, type Violations } from '../violation.ts'
import { type Forwarded, forward, passBack } from './forward.ts'
import { findReplyViolations } from './reply-violations.ts'
import { scrubber } from './scrub.ts'

/** A call that went through the proxy, and in what it broke the contract. */
export interface ProxiedCall {
  readonly operationId?: string
  readonly request: readonly Violation[]
  readonly response: readonly Violation[]
  /** How many more violations there are. */
  readonly more?: number
  /** Whether it was passed on, and answered: what became of a lost one is not known. */
  readonly outcome: 'refused' | 'answered' | 'lost'
}

/** Hears of calls. */
export interface Listener {
  /** One is about to be passed on. */
  passedOn(): void
  /** One is over. */
  over(call: ProxiedCall): void
}

/** How long the header may be that says what was found: header lines are limited. */
const findingsLimit = 4_000

/**
 * Passes calls on to a real host and holds request and answer against the contract.
 *
 * @param upstream origin, and perhaps a path before those of the contract
 * @param errors whether a violation becomes a 502; a request with one is then not passed on
 */
export function createProxy(upstream: URL, errors: boolean, listener?: Listener) {
  return async (incoming: Incoming): Promise<Handled> => {
    const target = parseTarget(incoming.target)
    const aside = asideReply(incoming, target)
    if (aside) return aside
    const match = findOperation(incoming.method, target.path)
    const operation = 'operation' in match ? match.operation : undefined
    const scrub = scrubber(incoming.headers)
    const inRequest = requestViolations(incoming, target, match)
    const request = inRequest.violations.map((found): Violation => {
      const received = found.received === undefined ? {} : { received: scrub(found.received) }
      return { ...found, ...received, location: scrub(found.location) }
    })
    const done = (
      outcome: ProxiedCall['outcome'],
      reply: Reply,
      inResponse: Violations = { violations: [] },
    ): Handled => {
      const response = inResponse.violations
      const more = (inRequest.more ?? 0) + (inResponse.more ?? 0)
      const id = operation && { operationId: operation.operationId }
      const call = { ...id, request, response, ...(more > 0 && { more }), outcome }
      warned(() => listener?.over(call))
      return {
        reply: withFindings(reply, call),
        ...id,
        violations: [...request, ...response],
      }
    }
    if (errors && request.length > 0) return done('refused', violated('It was not forwarded.', request, []))
    warned(() => listener?.passedOn())
    let forwarded: Forwarded
    try {
      forwarded = await forward(incoming, upstreamUrl(upstream, target))
    } catch (error) {
      const detail = `${upstream.origin}: ${reasonOf(error)}. Whether it received the call is not known.`
      return done('lost', problem('upstream-unreachable', detail))
    }
    const found = operation ? findReplyViolations(operation, incoming.method, forwarded, scrub) : { violations: [] }
    if (errors && found.violations.length > 0)
      return done('answered', violated('It was forwarded.', request, found.violations), found)
    return done('answered', { ...forwarded, headers: passBack(forwarded.headers) }, found)
  }
}

/** What was asked may have been done by now: the caller gets the answer all the same. */
function warned(report: () => void): void {
  try {
    report()
  } catch (error) {
    process.stderr.write(`The report was not written: ${reasonOf(error)}\n`)
  }
}

/** Set part by part: resolved as a reference, a path such as `//host/` would lead to another host, keys and all. */
function upstreamUrl(upstream: URL, { path, search }: Target): URL {
  const url = new URL(upstream)
  url.pathname = upstream.pathname.replace(/\/$/, '') + path
  url.search = search
  return url
}

function requestViolations(incoming: Incoming, target: Target, match: ReturnType<typeof findOperation>): Violations {
  const { method, headers } = incoming
  if ('allowed' in match) {
    const expected = match.allowed.join(', ')
    if (expected) return { violations: [{ location: 'method', received: method, expected }] }
    return { violations: [{ location: 'path', received: target.path, expected: 'a path of the contract' }] }
  }
  const { found } = inspect(match, incoming, target)
  if (isAuthorized(match.operation, headers)) return found
  const received = headers.authorization ? { received: 'none of these' } : {}
  const credentials = { location: 'credentials', ...received, expected: challenge(match.operation) }
  return { ...found, violations: [credentials, ...found.violations] }
}

function violated(what: string, request: readonly Violation[], response: readonly Violation[]): Reply {
  const found = [
    ...request.map((it) => `request: ${sentence(it)}`),
    ...response.map((it) => `response: ${sentence(it)}`),
  ]
  return problem('contract-violated', `${what} ${found.join('; ')}.`, { request, response })
}

function withFindings(reply: Reply, { request, response, more = 0 }: ProxiedCall): Reply {
  const count = request.length + response.length
  if (count === 0) return reply
  const text = (kept: number) =>
    JSON.stringify({
      request: request.slice(0, kept),
      response: response.slice(0, Math.max(0, kept - request.length)),
      ...(kept < count + more && { more: count + more - kept }),
    }).replace(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
  let kept = count
  while (text(kept).length > findingsLimit) kept--
  return { ...reply, headers: { ...reply.headers, 'mock-violations': text(kept) } }
}
