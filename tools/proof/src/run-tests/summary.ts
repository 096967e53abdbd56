import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** What the closing line needs of the JSON report that vitest leaves behind: turbo prints nothing of a cached run. */
export interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  /** When the run started, in ms since 1970: an older one was restored from the cache. */
  readonly startTime: number
}

export const reportFile = join(import.meta.dirname, '../../dist/report.json')

export function readReport(): Report | undefined {
  return existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, 'utf8')) : undefined
}

export function forgetReport(): void {
  rmSync(reportFile, { force: true })
}

/**
 * The last lines of `pnpm test`. A failed check, or tests that left no report, count as one failure, so that the line
 * never looks better than the exit code.
 */
export function closingLines(report: Report | undefined, startedAt: number, allSucceeded: boolean): string[] {
  const { numPassedTests: passed = 0, numFailedTests: failed = 0, numPendingTests: skipped = 0 } = report ?? {}
  const hidden = failed === 0 && (!allSucceeded || !report) ? 1 : 0
  const line = `${passed} passed, ${failed + hidden} failed, ${skipped} skipped`
  return report && report.startTime < startedAt ? ['(cached)', line] : [line]
}
