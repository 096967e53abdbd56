import { challenge, isAuthorized } from '../credentials.ts'
import type { Handled } from '../handled.ts'
import { asideReply } from '../handler.ts'
import { inspect } from '../inspect.ts'
import { type Incoming, type Reply, reasonOf } from '../message.ts'
import { problem } from '../problem.ts'
import { findOperation } from '../route.ts'
import { parseTarget, type Target } from '../target.ts'
import { sentence, type Violation } from '../violation.ts'
import { type Forwarded, forward, passBack } from './forward.ts'
import { findReplyViolations } from './reply-violations.ts'
import { scrubber } from './scrub.ts'

/** A call that went through the proxy, and in what it broke the contract. */
export interface ProxiedCall {
  readonly operationId?: string
  readonly request: readonly Violation[]
  readonly answer: readonly Violation[]
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
    const request = requestViolations(incoming, target, match).map((found): Violation => {
      const came = found.came === undefined ? {} : { came: scrub(found.came) }
      return { ...found, ...came, where: scrub(found.where) }
    })
    const done = (outcome: ProxiedCall['outcome'], reply: Reply, found: readonly Violation[] = []): Handled => {
      const call = { ...(operation && { operationId: operation.operationId }), request, answer: found, outcome }
      warned(() => listener?.over(call))
      return {
        reply: withFindings(reply, call),
        ...(operation && { operationId: operation.operationId }),
        violations: [...request, ...found],
      }
    }
    if (errors && request.length > 0) return done('refused', violated('It was not passed on.', request, []))
    warned(() => listener?.passedOn())
    let forwarded: Forwarded
    try {
      forwarded = await forward(incoming, upstreamUrl(upstream, target))
    } catch (error) {
      const detail = `${upstream.origin}: ${reasonOf(error)}. Whether it received the call is not known.`
      return done('lost', problem('upstream-unreachable', detail))
    }
    const found = operation ? findReplyViolations(operation, incoming.method, forwarded, scrub) : []
    if (errors && found.length > 0) return done('answered', violated('It was passed on.', request, found), found)
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

function requestViolations(
  incoming: Incoming,
  target: Target,
  match: ReturnType<typeof findOperation>,
): readonly Violation[] {
  const { method, headers } = incoming
  if ('allowed' in match) {
    const allowed = match.allowed.join(', ')
    if (allowed) return [{ where: 'method', came: method, allowed }]
    return [{ where: 'path', came: target.path, allowed: 'a path of the contract' }]
  }
  const { violations } = inspect(match, incoming, target)
  if (isAuthorized(match.operation, headers)) return violations
  const came = headers.authorization ? { came: 'none of these' } : {}
  return [{ where: 'credentials', ...came, allowed: challenge(match.operation) }, ...violations]
}

function violated(what: string, request: readonly Violation[], answer: readonly Violation[]): Reply {
  const found = [...request.map((it) => `request: ${sentence(it)}`), ...answer.map((it) => `answer: ${sentence(it)}`)]
  return problem('contract-violated', `${what} ${found.join('; ')}.`, { request, answer })
}

function withFindings(reply: Reply, { request, answer: found }: ProxiedCall): Reply {
  const count = request.length + found.length
  if (count === 0) return reply
  const text = (kept: number) =>
    JSON.stringify({
      request: request.slice(0, kept),
      answer: found.slice(0, Math.max(0, kept - request.length)),
      ...(kept < count && { more: count - kept }),
    }).replace(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
  let kept = count
  while (text(kept).length > findingsLimit) kept--
  return { ...reply, headers: { ...reply.headers, 'mock-violations': text(kept) } }
}
