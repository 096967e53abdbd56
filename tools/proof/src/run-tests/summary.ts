import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** The counts in vitest's JSON report. turbo restores the report from its cache when it skips the tests. */
export interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
}

export const reportFile = join(import.meta.dirname, '../../dist/report.json')

export function readReport(): Report | undefined {
  return existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, 'utf8')) : undefined
}

export function deleteReport(): void {
  rmSync(reportFile, { force: true })
}

/** The last line of `pnpm test`. A failed check, or a missing report, counts as one failure. */
export function closingLine(report: Report | undefined, allSucceeded: boolean): string {
  const { numPassedTests: passed = 0, numFailedTests = 0, numPendingTests: skipped = 0 } = report ?? {}
  const failed = numFailedTests === 0 && (!allSucceeded || !report) ? 1 : numFailedTests
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
