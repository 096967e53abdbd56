import { renameSync, writeFileSync } from 'node:fs'
import { specSha256, specVersion } from '../version.ts'
import type { Violation } from '../violation.ts'
import type { Listener } from './proxy.ts'

interface Entry extends Violation {
  readonly operationId: string | undefined
  readonly part: 'request' | 'answer'
  /** Other values that came there, the first few. */
  alsoCame?: string[]
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
  const totals = { calls: 0, callsWithViolations: 0, callsWithoutAnswer: 0 }
  const write = () => {
    const report = { upstream: upstream.href, specVersion, specSha256, ...totals, violations: [...entries.values()] }
    // In one step, so that whoever reads it finds a whole one.
    writeFileSync(`${file}.tmp`, `${JSON.stringify(report, null, 2)}\n`)
    renameSync(`${file}.tmp`, file)
  }
  write()
  return {
    passedOn() {
      totals.calls++
      totals.callsWithoutAnswer++
      write()
    },
    over({ operationId, request, answer, outcome }) {
      if (outcome === 'refused') totals.calls++
      if (outcome === 'answered') totals.callsWithoutAnswer--
      if (request.length + answer.length > 0) totals.callsWithViolations++
      const found = [
        ...request.map((it) => ({ part: 'request' as const, ...it })),
        ...answer.map((it) => ({ part: 'answer' as const, ...it })),
      ]
      for (const violation of found) {
        const key = JSON.stringify([operationId, violation.part, violation.where, violation.allowed])
        const entry = entries.get(key)
        if (entry) countAgain(entry, violation)
        else if (entries.size < limit) entries.set(key, { operationId, ...violation, count: 1 })
      }
      write()
    },
  }
}

function countAgain(entry: Entry, { came }: Violation): void {
  entry.count++
  if (came === undefined || came === entry.came || entry.alsoCame?.includes(came)) return
  entry.alsoCame ??= []
  if (entry.alsoCame.length < valuesLimit) entry.alsoCame.push(came)
}
