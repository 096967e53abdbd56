import type { MockRequest } from './message.ts'
import { parameterValues, type Values } from './parameters.ts'
import { createRedact, type Redact, redactField, redactHeaders, redactTarget } from './redact.ts'
import type { HandlerResult } from './result.ts'
import { type Match, parseTarget } from './route.ts'
import type { RecordedRequest } from './types.ts'

const bodyCharacters = 10_000

/** The bytes of a body that are kept: enough for the characters that are shown, and for a secret at their end. */
export const loggedBodyLimit = 5 * bodyCharacters

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
    ...(body && { body: redact(body.toString()).slice(0, bodyCharacters) }),
    ...(match && {
      operationId: match.operation.operationId,
      parameters: redactedParameters(match, { path: match.pathValues, query, header: headers }, redact),
    }),
    ...(scenario !== undefined && { scenario }),
    ...(fault && { fault: fault.text }),
    status: response.status,
  }
}

function redactedParameters({ operation }: Match, values: Values, redact: Redact): Record<string, unknown> {
  const entries = Object.entries(parameterValues(operation, values))
  return Object.fromEntries(entries.map(([name, value]) => [name, redactField(name, value, redact)]))
}
