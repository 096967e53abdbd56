import { chooseResponse, responseWithStatus } from './choose.ts'
import { type MockOperation, operations } from './contract.ts'
import { handleControl } from './control.ts'
import { challenge, rejectedCredentials } from './credentials.ts'
import { knownFaults, parseFault, takeFault } from './fault.ts'
import { bodyTooLarge, type MockRequest, type MockResponse, methodNotAllowed, problem } from './message.ts'
import { type HandlerResult, preflight } from './result.ts'
import { findOperation, type Match, type NoMatch, parseTarget, type Target } from './route.ts'
import { logRequest, nextStep, type Session, type Sessions } from './session.ts'
import { validateRequest } from './validate.ts'
import { listLimit, sentence, toViolation } from './violation.ts'

/**
 * Creates the mock's handler of requests, whether they are received over a port or in process.
 *
 * @returns takes a request, and whether it may use the control paths that show or change requests
 */
export const createHandler =
  (sessions: Sessions) =>
  (request: MockRequest, isControlAllowed = true): HandlerResult => {
    const target = parseTarget(request.target)
    const session = sessions(request.headers['mock-session'])
    const special = handleSpecial(request, target, session, isControlAllowed)
    if (special?.isControlRequest) return special
    const time = Date.now()
    const match = findOperation(request, target)
    const result = special ?? handleMatch(match, request, target, session)
    logRequest(session, { time, request, match: 'operation' in match ? match : undefined, result })
    return result
  }

/** Handles requests that need no operation: control requests, bodies that are too large, preflights. Undefined for others. */
export function handleSpecial(
  request: MockRequest,
  target: Target,
  session?: Session,
  isControlAllowed = false,
): HandlerResult | undefined {
  const control = handleControl(request, target, session, isControlAllowed)
  if (control) return control
  if (request.isTooLarge) return { response: bodyTooLarge() }
  const response = preflight(request)
  return response && { response, isControlRequest: true }
}

/** Checks credentials, validates, and chooses a response or a fault, in this order. */
function handleMatch(match: Match | NoMatch, request: MockRequest, target: Target, session: Session): HandlerResult {
  if (!('operation' in match)) return { response: notRouted(request, target, match.allowed) }
  const { operation } = match
  const rejected = rejectedCredentials(operation, request.headers)
  if (rejected) return { response: unauthorized(operation), violations: [toViolation(rejected)] }
  const validated = validateRequest(match, request, target)
  if (validated.findings.length > 0) {
    const violations = validated.findings.slice(0, listLimit).map((finding) => toViolation(finding))
    const more = validated.findings.length - violations.length
    const detail = `${operation.operationId}: ${violations.map(sentence).join('; ')}.`
    const fields = { violations, ...(more > 0 && { more }) }
    const response = validated.isCompressed
      ? problem('unsupported-encoding', detail, fields, { 'accept-encoding': 'identity' })
      : problem('invalid-request', detail, fields)
    return { response, violations }
  }
  const faultHeader = request.headers['mock-fault']
  const fault = faultHeader === undefined ? undefined : parseFault(faultHeader)
  if (faultHeader !== undefined && !fault)
    return { response: problem('unknown-fault', `Known faults: ${knownFaults}.`) }
  const { response, scenario } = chooseResponse(match, validated.body, (chosen) => nextStep(session, operation, chosen))
  if (response.isProblem) return { response }
  return { response, scenario, fault: fault ?? takeFault(session.faults, operation) }
}

function notRouted({ method }: MockRequest, { path }: Target, allowed: readonly string[]): MockResponse {
  if (allowed.length > 0) return methodNotAllowed(method, path, allowed)
  const routes = operations.map((operation) => `${operation.method.toUpperCase()} ${operation.path}`)
  return problem('unknown-route', `${path} does not match any path in the contract.`, { routes })
}

function unauthorized(operation: MockOperation): MockResponse {
  const wanted = challenge(operation)
  const response = operation.statuses.includes('401')
    ? responseWithStatus(operation, 401)
    : problem('unauthorized', `${operation.operationId} requires: ${wanted}.`)
  return { ...response, headers: { ...response.headers, 'www-authenticate': wanted } }
}
