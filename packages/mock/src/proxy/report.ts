import { renameSync, writeFileSync } from 'node:fs'
import { operations, specSha256, specVersion } from '../contract.ts'
import type { Violation } from '../violation.ts'
import type { Listener, ProxiedRequest } from './proxy.ts'

/** All violations of one kind. */
interface Entry {
  readonly operationId: string | undefined
  /** Method and path of the operation in the contract. */
  readonly operation: string | undefined
  readonly part: 'request' | 'response'
  /** The status of the first response with this violation. */
  readonly status: number | undefined
  /** With `*` for the position in a list. */
  readonly location: string
  readonly expected: string
  /** The first value received there; absent if there was none. */
  readonly received?: string
  /** Up to 10 other values. */
  otherValues?: string[]
  count: number
}

/** The number of kinds of violations; later ones are only counted in the totals. */
const entryLimit = 1_000
const valuesLimit = 10

/**
 * Creates a listener that writes violations into a JSON file: each kind once, with its number and the values received.
 *
 * @throws the system's error if the file cannot be written
 */
export function createReport(file: string, upstream: URL): Listener {
  const entries = new Map<string, Entry>()
  const statuses = new Map<string, number>()
  const totals = { requests: 0, requestsWithViolations: 0, notSentRequests: 0, unansweredRequests: 0 }
  const write = () => {
    const report = {
      upstream: upstream.href,
      specVersion,
      specSha256,
      ...totals,
      statuses: Object.fromEntries(statuses),
      violations: [...entries.values()],
    }
    // Renamed in one step, so that a reader never sees half a file.
    writeFileSync(`${file}.tmp`, `${JSON.stringify(report, null, 2)}\n`)
    renameSync(`${file}.tmp`, file)
  }
  write()
  return {
    forwarding() {
      totals.requests++
      totals.unansweredRequests++
      write()
    },
    done(proxied) {
      const { operationId, outcome, status, request, response } = proxied
      if (outcome === 'rejected') totals.requests++
      else if (outcome !== 'no-response') totals.unansweredRequests--
      if (outcome === 'not-sent') totals.notSentRequests++
      if (request.length + response.length > 0) totals.requestsWithViolations++
      if (status !== undefined) {
        const key = `${operationId ?? 'unknown operation'}: ${status}`
        statuses.set(key, (statuses.get(key) ?? 0) + 1)
      }
      for (const violation of request) add(entries, proxied, 'request', violation)
      for (const violation of response) add(entries, proxied, 'response', violation)
      write()
    },
  }
}

function add(
  entries: Map<string, Entry>,
  { operationId, status }: ProxiedRequest,
  part: Entry['part'],
  violation: Violation,
): void {
  const { received, expected } = violation
  const location = violation.location.replace(/\/\d+(?=\/|$)/g, '/*')
  const key = JSON.stringify([operationId, part, location, expected])
  const entry = entries.get(key)
  if (!entry) {
    if (entries.size >= entryLimit) return
    const operation = operations.find((each) => each.operationId === operationId)
    entries.set(key, {
      operationId,
      operation: operation && `${operation.method.toUpperCase()} ${operation.path}`,
      part,
      status: part === 'response' ? status : undefined,
      location,
      expected,
      ...(received !== undefined && { received }),
      count: 1,
    })
    return
  }
  entry.count++
  if (received === undefined || received === entry.received || entry.otherValues?.includes(received)) return
  entry.otherValues ??= []
  if (entry.otherValues.length < valuesLimit) entry.otherValues.push(received)
}
