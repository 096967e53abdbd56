import type { Reporter, TestModule } from 'vitest/node'
import { writeSummary } from './summary.ts'

/** Leaves the counts in a file: turbo prints nothing of a cached task as it was, and prefixes what it does print. */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const count = { passed: 0, failed: unhandled.length, skipped: 0, pending: 0 }
    for (const module of modules) {
      const tests = [...module.children.allTests()]
      // A file that could not be loaded has no failed test to its name.
      if (module.state() === 'failed' && tests.every((test) => test.result().state !== 'failed')) count.failed++
      for (const test of tests) count[test.result().state]++
    }
    writeSummary({ passed: count.passed, failed: count.failed, skipped: count.skipped, endedAt: Date.now() })
  }
}
