import {
  itemsOf,
  type MockExample,
  type MockOperation,
  type Parameter,
  parametersIn,
  places,
  typesOf,
} from './contract.ts'
import type { InjectedFault } from './fault.ts'
import type { MockRequest } from './message.ts'
import { createRedact, type Redact, redactField, redactHeaders, redactTarget } from './redact.ts'
import type { HandlerResult } from './result.ts'
import { type Match, parseTarget, rawValue } from './route.ts'
import type { RecordedRequest } from './types.ts'

const bodyCharacters = 10_000

/** The bytes of a body that are kept: enough for the characters that are shown, and for a secret at their end. */
const loggedBodyLimit = 5 * bodyCharacters

/** A request with its result. Secrets are redacted when it is read: to redact every request would cost a third of the rate. */
interface LoggedRequest {
  /** When it was received, in ms since 1970. */
  readonly time: number
  readonly request: MockRequest
  /** Undefined if the contract has no such operation. */
  readonly match: Match | undefined
  readonly result: HandlerResult
}

/** The state of a mock for requests with one `Mock-Session` header, or for those without. */
export interface Session {
  readonly requests: LoggedRequest[]
  readonly faults: InjectedFault[]
  /** For each first example of a sequence, the one that is next; undefined if sequences are off. */
  readonly steps: Map<MockExample, MockExample> | undefined
}

/** Finds or creates a session; without a name the default session. */
export type Sessions = (name?: string) => Session

const sessionLimit = 100
const requestLimit = 1000
/** For all named sessions together. */
const namedRequestLimit = 10_000

/**
 * Creates the sessions of a mock. The named sessions used longest ago are dropped beyond 100, or beyond 10,000 requests in all.
 *
 * @param hasSequences whether sequences advance
 */
export function createSessions(hasSequences: boolean): Sessions {
  const newSession = (): Session => ({ requests: [], faults: [], steps: hasSequences ? new Map() : undefined })
  const unnamed = newSession()
  const named = new Map<string, Session>()
  return (name) => {
    if (name === undefined) return unnamed
    const session = named.get(name) ?? newSession()
    // A map keeps the order of insertion, so the first is the one used longest ago.
    named.delete(name)
    named.set(name, session)
    let requests = [...named.values()].reduce((sum, each) => sum + each.requests.length, 0)
    for (const [oldest, each] of named) {
      if (each === session || (named.size <= sessionLimit && requests <= namedRequestLimit)) break
      named.delete(oldest)
      requests -= each.requests.length
    }
    return session
  }
}

export function reset({ requests, faults, steps }: Session): void {
  requests.length = 0
  faults.length = 0
  steps?.clear()
}

/** The example that is next in the sequence that starts with the chosen one. The last example of a sequence stays. */
export function nextStep({ steps }: Session, operation: MockOperation, chosen: MockExample): MockExample {
  if (!steps) return chosen
  const example = steps.get(chosen) ?? chosen
  const next = operation.examples.find(({ name, key }) => name === example.next && key === example.key)
  if (next) steps.set(chosen, next)
  return example
}

/** Appends a request to the log of a session; the oldest is dropped beyond 1,000. */
export function logRequest({ requests }: Session, logged: LoggedRequest): void {
  const { body } = logged.request
  // A copy: a part of a buffer would keep all of it in memory.
  const start = body && Buffer.from(body.subarray(0, loggedBodyLimit))
  requests.push({ ...logged, request: { ...logged.request, body: start } })
  if (requests.length > requestLimit) requests.shift()
}

/** A logged request for users, without secrets. */
export function recordedRequest({ time, request, match, result }: LoggedRequest): RecordedRequest {
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
    ...(match && { operationId: match.operation.operationId, parameters: parametersOf(match, redact) }),
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
