import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { disagreements, type Expected, type Facts, fails, ladder, readme, runsOn } from '../../src/runtimes/expected.ts'
import { find } from '../../src/runtimes/runtimes.ts'

const seen = { runtime: '1.2.3', 'queues a job': true, ...ladder, 'arrivals of a call': 1 }
const wanted: Expected = { title: 'Some runtime', facts: seen }

describe('a runtime that was run', () => {
  test('passes when it did what is expected of it', () => {
    expect(disagreements(wanted, seen)).toEqual([])
  })

  test.each<[string, Facts]>([
    ['runtime: expected 1.2.3, saw 1.2.2', { runtime: '1.2.2' }],
    ['queues a job: expected true, saw false', { 'queues a job': false }],
    ['timeout: expected timeout, unknown, saw http, unknown', { timeout: 'http, unknown' }],
    ['lightning: expected undefined, saw http, unknown', { lightning: 'http, unknown' }],
    ['arrivals of a call: expected 1, saw 2', { 'arrivals of a call': 2 }],
  ])('is reported: %s', (line, change) => {
    expect(disagreements(wanted, { ...seen, ...change })).toEqual([`Some runtime: ${line}`])
  })

  test('is reported when a failure was not met at all', () => {
    const { timeout, ...others } = ladder
    expect(disagreements({ title: 'Some runtime', facts: ladder }, others)).toEqual([
      `Some runtime: timeout: expected ${timeout}, saw undefined`,
    ])
  })
})

describe('a runtime that cannot be had', () => {
  test('is named', () => {
    expect(() => find('node-18')).toThrow(/node-18.* does not exist/)
  })

  test('fails a run that vouches for the table, and no other', () => {
    expect(fails([], ['Deno could not be had'], true)).toBe(true)
    expect(fails([], ['Deno could not be had'], false)).toBe(false)
  })
})

describe('the table of runtimes', () => {
  test('in the README is the one that was proven', () => {
    expect(readFileSync(readme, 'utf8'), 'mend it with: pnpm test:runtimes --update').toContain(runsOn())
  })
})
