import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Reporter, TestModule } from 'vitest/node'
import { summaryFile } from './summary.ts'

/** Leaves the closing line in a file, so that it can be printed last, and again when the run came from the cache. */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const count = { passed: 0, failed: unhandled.length, skipped: 0, pending: 0 }
    for (const module of modules) {
      const tests = [...module.children.allTests()]
      // A file that could not be loaded has no failed test to its name.
      if (module.state() === 'failed' && tests.every((test) => test.result().state !== 'failed')) count.failed++
      for (const test of tests) count[test.result().state]++
    }
    mkdirSync(dirname(summaryFile), { recursive: true })
    writeFileSync(summaryFile, `${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`)
  }
}
