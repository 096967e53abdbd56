import { type MockExample, type MockOperation, operations } from './contract.ts'
import { knownFaults, type ParsedFault, parseFault } from './fault.ts'
import { type LoggedRequest, loggedBodyLimit } from './request-log.ts'

/** A fault for the next requests. */
export interface InjectedFault {
  readonly fault: ParsedFault
  /** The operation whose requests fail; undefined for any. */
  readonly operationId: string | undefined
  /** The number of requests that are still to fail. */
  times: number
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

/** Appends a request, with the start of its body, to the log of a session; the oldest is dropped beyond 1,000. */
export function logRequest({ requests }: Session, logged: LoggedRequest): void {
  const { body } = logged.request
  const isLong = body !== undefined && body.length > loggedBodyLimit
  // A copy: a part of a buffer would keep all of it in memory.
  const request = isLong ? { ...logged.request, body: Buffer.from(body.subarray(0, loggedBodyLimit)) } : logged.request
  requests.push({ ...logged, request })
  if (requests.length > requestLimit) requests.shift()
}

/** The example that is next in the sequence that starts with the chosen one. The last example of a sequence stays. */
export function nextStep({ steps }: Session, operation: MockOperation, chosen: MockExample): MockExample {
  if (!steps) return chosen
  const example = steps.get(chosen) ?? chosen
  const next = operation.examples.find(({ name, key }) => name === example.next && key === example.key)
  if (next) steps.set(chosen, next)
  return example
}

/**
 * Injects a fault into the next requests.
 *
 * @throws {TypeError} if the fault or operation is not known, or `times` is less than 1
 */
export function injectFault({ faults }: Session, text: string, times: number, operationId?: string): void {
  const fault = parseFault(text)
  if (!fault) throw new TypeError(`"${text}" is not a fault. Known faults: ${knownFaults}.`)
  if (!(times >= 1))
    throw new TypeError(`${times} is not a number of requests. \`times\` must be at least 1 or Infinity.`)
  if (operationId !== undefined) checkOperation(operationId)
  faults.push({ fault, operationId, times })
}

/** @throws {TypeError} if the contract has no such operation */
export function checkOperation(operationId: string): void {
  const known = operations.map((operation) => operation.operationId)
  if (known.includes(operationId)) return
  throw new TypeError(`"${operationId}" is not an operation. Known operations: ${known.join(', ')}.`)
}

/** Takes the next fault for an operation. */
export function takeFault({ faults }: Session, { operationId }: MockOperation): ParsedFault | undefined {
  const next = faults.find((each) => each.operationId === undefined || each.operationId === operationId)
  if (next && --next.times < 1) faults.splice(faults.indexOf(next), 1)
  return next?.fault
}
