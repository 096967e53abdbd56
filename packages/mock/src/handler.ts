import { chooseReply, statusReply } from './choose.ts'
import { type MockOperation, operations } from './contract.ts'
import { controlReply } from './control.ts'
import { preflight } from './cors.ts'
import { challenge, isAuthorized, refusedCredentials } from './credentials.ts'
import { knownFaults, readFault } from './fault.ts'
import type { Handled } from './handled.ts'
import { inspect } from './inspect.ts'
import type { Memory } from './memory.ts'
import { bodyLimit, type Incoming, type Reply } from './message.ts'
import type { PrismRequest } from './prism.ts'
import { problem } from './problem.ts'
import { findOperation } from './route.ts'
import { parseTarget, type Target } from './target.ts'
import { sentence } from './violation.ts'

/** The mock itself, whichever way requests reach it: route, violations, credentials, choose, reply. */
export const createHandler =
  (memory: Memory) =>
  (incoming: Incoming): Handled => {
    const target = parseTarget(incoming.target)
    const aside = asideReply(incoming, target, memory)
    if (aside) return aside
    const match = findOperation(incoming.method, target.path)
    if ('allowed' in match) return { reply: notRouted(incoming, target, match.allowed) }
    const { operation } = match
    const { operationId } = operation
    const { request, values, found, isCompressed } = inspect(match, incoming, target)
    if (!isAuthorized(operation, incoming.headers)) {
      const refused = refusedCredentials(operation, incoming.headers)
      return { reply: unauthorized(operation, request), operationId, violations: [refused] }
    }
    const { violations } = found
    if (violations.length > 0) {
      const detail = `${operationId}: ${violations.map(sentence).join('; ')}.`
      const reply = isCompressed
        ? problem('unsupported-encoding', detail, { ...found }, { 'accept-encoding': 'identity' })
        : problem('invalid-request', detail, { ...found })
      return { reply, operationId, violations }
    }
    const ordered = incoming.headers['mock-fault']
    const fault = ordered === undefined ? undefined : readFault(ordered)
    if (ordered !== undefined && !fault)
      return { reply: problem('unknown-fault', `Known are: ${knownFaults}.`), operationId }
    const { reply, example } = chooseReply(operation, request, values, memory.sequences)
    if (reply.isProblem) return { reply, operationId }
    return { reply, operationId, scenario: example, fault: fault ?? memory.nextFault(operationId) }
  }

/** What is no call of the contract: too large to read, asked of the mock itself, or by a browser on its own. */
export function asideReply(incoming: Incoming, { path }: Target, memory?: Memory): Handled | undefined {
  if (incoming.isTooLarge) return { reply: problem('body-too-large', `The limit is ${bodyLimit} bytes.`) }
  const reply = controlReply(incoming, path, memory) ?? preflight(incoming)
  return reply && { reply, isAside: true }
}

function notRouted({ method }: Incoming, { path }: Target, allowed: readonly string[]): Reply {
  if (allowed.length > 0) {
    const allow = allowed.join(', ')
    return problem('method-not-allowed', `${path} has ${allow}, not ${method}.`, {}, { allow })
  }
  const routes = operations.map((operation) => `${operation.method.toUpperCase()} ${operation.path}`)
  return problem('unknown-route', `${path} is none of the paths of the contract.`, { routes })
}

function unauthorized(operation: MockOperation, request: PrismRequest): Reply {
  const wanted = challenge(operation)
  const reply = operation.statuses.includes('401')
    ? statusReply(operation, request, 401)
    : problem('unauthorized', `${operation.operationId} wants: ${wanted}.`)
  return { ...reply, headers: { ...reply.headers, 'www-authenticate': wanted } }
}
