import { renameSync, writeFileSync } from 'node:fs'
import { specSha256, specVersion } from './generated/contract.gen.ts'
import type { ProxiedCall } from './proxy.ts'
import type { Violation } from './violations.ts'

interface Entry extends Violation {
  readonly operationId: string | undefined
  readonly part: 'request' | 'answer'
  count: number
}

/** Beyond this many different violations only the calls are counted on. */
const limit = 1_000

/**
 * Writes what the proxy finds into a file as JSON: each different violation once, with how often it was met.
 *
 * @returns takes a call and writes the file anew
 * @throws the system's error when the file cannot be written
 */
export function createReport(file: string, upstream: URL): (call: ProxiedCall) => void {
  const entries = new Map<string, Entry>()
  const totals = { calls: 0, callsWithViolations: 0 }
  const write = () => {
    const report = { upstream: upstream.href, specVersion, specSha256, ...totals, violations: [...entries.values()] }
    // In one step, so that whoever reads it finds a whole one.
    writeFileSync(`${file}.tmp`, `${JSON.stringify(report, null, 2)}\n`)
    renameSync(`${file}.tmp`, file)
  }
  write()
  return ({ operationId, request, answer }) => {
    totals.calls++
    if (request.length + answer.length > 0) totals.callsWithViolations++
    const found = [
      ...request.map((it) => ({ part: 'request' as const, ...it })),
      ...answer.map((it) => ({ part: 'answer' as const, ...it })),
    ]
    for (const violation of found) {
      const key = JSON.stringify([operationId, violation.part, violation.where, violation.allowed])
      const entry = entries.get(key)
      if (entry) entry.count++
      else if (entries.size < limit) entries.set(key, { operationId, ...violation, count: 1 })
    }
    write()
  }
}
