import { renameSync, writeFileSync } from 'node:fs'
import { specSha256, specVersion } from '../version.ts'
import type { Violation } from '../violation.ts'
import type { Listener } from './proxy.ts'

interface Entry extends Violation {
  readonly operationId: string | undefined
  readonly part: 'request' | 'response'
  /** Other values that came there, the first few. */
  otherValues?: string[]
  count: number
}

/** Beyond this many different violations only the calls are counted on. */
const limit = 1_000
const valuesLimit = 10

/**
 * Writes what the proxy finds into a file as JSON: each different violation once, with how often it was met and what came.
 *
 * @returns takes a call when it is passed on and when it is over, and writes the file anew
 * @throws the system's error when the file cannot be written
 */
export function createReport(file: string, upstream: URL): Listener {
  const entries = new Map<string, Entry>()
  const totals = { requests: 0, requestsWithViolations: 0, unansweredRequests: 0 }
  const write = () => {
    const report = { upstream: upstream.href, specVersion, specSha256, ...totals, violations: [...entries.values()] }
    // In one step, so that whoever reads it finds a whole one.
    writeFileSync(`${file}.tmp`, `${JSON.stringify(report, null, 2)}\n`)
    renameSync(`${file}.tmp`, file)
  }
  write()
  return {
    passedOn() {
      totals.requests++
      totals.unansweredRequests++
      write()
    },
    over({ operationId, request, response, outcome }) {
      if (outcome === 'refused') totals.requests++
      if (outcome === 'answered') totals.unansweredRequests--
      if (request.length + response.length > 0) totals.requestsWithViolations++
      const found = [
        ...request.map((it) => ({ part: 'request' as const, ...it })),
        ...response.map((it) => ({ part: 'response' as const, ...it })),
      ]
      for (const violation of found) {
        const key = JSON.stringify([operationId, violation.part, violation.location, violation.expected])
        const entry = entries.get(key)
        if (entry) countAgain(entry, violation)
        else if (entries.size < limit) entries.set(key, { operationId, ...violation, count: 1 })
      }
      write()
    },
  }
}

function countAgain(entry: Entry, { received }: Violation): void {
  entry.count++
  if (received === undefined || received === entry.received || entry.otherValues?.includes(received)) return
  entry.otherValues ??= []
  if (entry.otherValues.length < valuesLimit) entry.otherValues.push(received)
}
