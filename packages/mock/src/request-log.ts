import { itemsOf, type Parameter, parametersIn, places, typesOf } from './contract.ts'
import type { MockRequest } from './message.ts'
import { createRedact, type Redact, redactField, redactHeaders, redactTarget } from './redact.ts'
import type { HandlerResult } from './result.ts'
import { type Match, parseTarget, rawValue } from './route.ts'
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
  return {
    time: new Date(time).toISOString(),
    method,
    url: redactTarget(target, redact),
    path: redact(parseTarget(target).path),
    headers: redactHeaders(headers, redact),
    ...(body && { body: redact(body.toString()).slice(0, bodyCharacters) }),
    ...(match && {
      operationId: match.operation.operationId,
      parameters: parametersOf(match, redact),
    }),
    ...(scenario !== undefined && { scenario }),
    ...(fault && { fault: fault.text }),
    status: response.status,
  }
}

/** The declared parameters by name, with numbers and flags as such where the schema has them. */
function parametersOf({ operation, values }: Match, redact: Redact): Record<string, unknown> {
  const entries = places.flatMap((place) =>
    parametersIn(place, operation).flatMap(({ name, schema }): [string, unknown][] => {
      const raw = rawValue(place, name, values)
      return raw === undefined ? [] : [[name, redactField(name, typedValue(raw, schema), redact)]]
    }),
  )
  return Object.fromEntries(entries)
}

function typedValue(raw: string | string[], schema: Parameter['schema']): unknown {
  const types = typesOf(schema)
  if (types.includes('array')) return [raw].flat().map((item) => typedValue(item, itemsOf(schema)))
  if (typeof raw !== 'string') return raw
  if (types.includes('boolean') && (raw === 'true' || raw === 'false')) return raw === 'true'
  const isNumeric = types.includes('integer') || types.includes('number')
  return isNumeric && `${Number(raw)}` === raw ? Number(raw) : raw
}
