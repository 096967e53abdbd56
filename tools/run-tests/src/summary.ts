import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What a test run leaves behind for the closing line. */
export interface Summary {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** When the run ended, in ms since 1970: an older one was restored from the cache. */
  readonly endedAt: number
}

const file = join(import.meta.dirname, '../dist/summary.json')

export function writeSummary(summary: Summary): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(summary)}\n`)
}

export function readSummary(): Summary | undefined {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

export function forgetSummary(): void {
  rmSync(file, { force: true })
}

/**
 * The last lines of `pnpm test`. A failed check, or tests that left no summary, count as one failure, so that the line
 * never looks better than the exit code.
 */
export function closingLines(summary: Summary | undefined, startedAt: number, allSucceeded: boolean): string[] {
  const { passed, failed, skipped, endedAt } = summary ?? { passed: 0, failed: 0, skipped: 0, endedAt: startedAt }
  const hidden = failed === 0 && (!allSucceeded || !summary) ? 1 : 0
  const line = `${passed} passed, ${failed + hidden} failed, ${skipped} skipped`
  return endedAt < startedAt ? ['(cached)', line] : [line]
}
