import { describe, expect, it } from 'vitest'
import { closingLine } from '../../src/run-tests/summary.ts'

const report = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1 }

describe('the closing line of a test run', () => {
  it('counts the tests', () => {
    expect(closingLine(report, true)).toBe('3 passed, 0 failed, 1 skipped')
  })

  it('counts a failed check as a failure when every test passed', () => {
    expect(closingLine(report, false)).toBe('3 passed, 1 failed, 1 skipped')
  })

  it('counts failed tests once', () => {
    expect(closingLine({ ...report, numFailedTests: 2 }, false)).toBe('3 passed, 2 failed, 1 skipped')
  })

  it('reports a failure when the tests left no report', () => {
    expect(closingLine(undefined, true)).toBe('0 passed, 1 failed, 0 skipped')
  })
})
