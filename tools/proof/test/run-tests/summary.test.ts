import { describe, expect, it } from 'vitest'
import { closingLines } from '../../src/run-tests/summary.ts'

const report = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, startTime: 200 }

describe('the closing line of a test run', () => {
  it('counts what ran', () => {
    expect(closingLines(report, 100, true)).toEqual(['3 passed, 0 failed, 1 skipped'])
  })

  it('says when the counts come from the cache', () => {
    expect(closingLines(report, 300, true)).toEqual(['(cached)', '3 passed, 0 failed, 1 skipped'])
  })

  it('counts a failed check as a failure although every test passed', () => {
    expect(closingLines(report, 100, false)).toEqual(['3 passed, 1 failed, 1 skipped'])
  })

  it('does not count failed tests twice', () => {
    expect(closingLines({ ...report, numFailedTests: 2 }, 100, false)).toEqual(['3 passed, 2 failed, 1 skipped'])
  })

  it('reports a failure when the tests left nothing behind', () => {
    expect(closingLines(undefined, 100, true)).toEqual(['0 passed, 1 failed, 0 skipped'])
  })
})
