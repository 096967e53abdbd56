import { chooseAnswer, statusAnswer } from './answer.ts'
import { readCall } from './call.ts'
import type { Operation } from './contract.ts'
import { challenge, refusedCredentials } from './credentials.ts'
import { knownFaults, type ReadFault, readFault } from './fault.ts'
import { sources } from './generated/contract.gen.ts'
import { inspect } from './inspect.ts'
import type { Answer, Incoming } from './message.ts'
import type { PrismRequest } from './prism.ts'
import { problem } from './problem.ts'
import type { Target } from './target.ts'
import { sentence, type Violation } from './violations.ts'

/** What becomes of a request: an answer, and perhaps a fault on its way to the caller. */
export interface Outcome {
  readonly answer: Answer
  readonly operationId?: string
  /** The scenario or example that answered. */
  readonly scenario?: string | undefined
  readonly fault?: ReadFault | undefined
  /** What is wrong with the request. */
  readonly violations?: readonly Violation[]
  /** Asked of the mock itself, or by a browser on its own: no call of the contract. */
  readonly isAside?: true
}

/**
 * The mock itself, whichever way requests reach it. The answer depends on the request alone, and on nothing else but the
 * faults that code has ordered.
 *
 * @param nextFault takes the next fault that was ordered, if any
 */
export function createHandler(nextFault: () => ReadFault | undefined): (incoming: Incoming) => Outcome {
  return (incoming) => {
    const target = readCall(incoming)
    return 'answer' in target ? target : outcomeOf(incoming, target, nextFault)
  }
}

function outcomeOf(incoming: Incoming, target: Target, nextFault: () => ReadFault | undefined): Outcome {
  const inspected = inspect(incoming, target)
  if ('allowed' in inspected) return { answer: notRouted(incoming.method, target.path, inspected.allowed) }
  const { operation, request, values, isAuthorized, violations } = inspected
  const { operationId } = operation
  if (!isAuthorized) {
    const refused = refusedCredentials(operation, incoming.headers)
    return { answer: unauthorized(operation, request), operationId, violations: [refused] }
  }
  if (violations.length > 0) return { answer: invalid(operationId, violations), operationId, violations }
  const ordered = incoming.headers['mock-fault']
  const fault = ordered === undefined ? undefined : readFault(ordered)
  if (ordered !== undefined && !fault) {
    return { answer: problem('unknown-fault', `Known are: ${knownFaults}.`), operationId }
  }
  const { answer, scenario } = chooseAnswer(operation, request, values)
  return answer.isProblem ? { answer, operationId } : { answer, operationId, scenario, fault: fault ?? nextFault() }
}

function notRouted(method: string, path: string, allowed: readonly string[]): Answer {
  if (allowed.length > 0) {
    const allow = allowed.join(', ')
    return problem('method-not-allowed', `${path} has ${allow}, not ${method}.`, {}, { allow })
  }
  const routes = sources.map((source) => `${source.method.toUpperCase()} ${source.path}`)
  return problem('unknown-route', `${path} is none of the paths of the contract.`, { routes })
}

function unauthorized(operation: Operation, request: PrismRequest): Answer {
  const declared = operation.statuses.includes('401') || operation.statuses.includes('4XX')
  const answer = declared
    ? statusAnswer(operation, request, 401)
    : problem('unauthorized', `${operation.operationId} wants: ${challenge(operation)}.`)
  return { ...answer, headers: { ...answer.headers, 'www-authenticate': challenge(operation) } }
}

function invalid(operationId: string, violations: readonly Violation[]): Answer {
  return problem('invalid-request', `${operationId}: ${violations.map(sentence).join('; ')}.`, { violations })
}
