import type { MockRequest } from './message.ts'
import { parameterValues, type Values } from './parameters.ts'
import { createRedact, redactField, redactHeaders, redactTarget } from './redact.ts'
import type { HandlerResult } from './result.ts'
import { type Match, parseTarget } from './route.ts'
import type { RecordedRequest } from './types.ts'

/** A request with its result. Secrets are redacted when it is read, so that logging costs little. */
export interface LoggedRequest {
  /** When it was received, in ms since 1970. */
  readonly time: number
  readonly request: MockRequest
  readonly result: HandlerResult
  /** The operation that was called; undefined if the contract has no such operation. */
  readonly match: Match | undefined
}

/** A logged request for users, without secrets. */
export function recordedRequest({ time, request, result, match }: LoggedRequest): RecordedRequest {
  const { method, target, headers, body } = request
  const { scenario, fault, response } = result
  const redact = createRedact(headers)
  const { path, query } = parseTarget(target)
  return {
    time: new Date(time).toISOString(),
    method,
    url: redactTarget(target, redact),
    path: redact(path),
    headers: redactHeaders(headers, redact),
    ...(body && { body: redact(body.toString('utf8', 0, 40_000)).slice(0, 10_000) }),
    ...(match && {
      operationId: match.operation.operationId,
      parameters: redactedParameters(match, { path: match.pathValues, query, header: headers }),
    }),
    ...(scenario !== undefined && { scenario }),
    ...(fault && { fault: fault.text }),
    status: response.status,
  }
}

function redactedParameters({ operation }: Match, values: Values): Record<string, unknown> {
  const redact = createRedact(values.header)
  const entries = Object.entries(parameterValues(operation, values))
  return Object.fromEntries(entries.map(([name, value]) => [name, redactField(name, value, redact)]))
}
