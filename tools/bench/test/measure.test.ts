import { describe, expect, it } from 'vitest'
import { interleave, judge } from '../src/measure.ts'

const row = { name: 'a start', unit: 'ms', reference: 'theirs', ours: [20, 30, 20], theirs: [100, 100, 110] }

describe('a bound', () => {
  it('holds', () => {
    expect(judge({ ...row, atMost: 0.2 })).toEqual({
      line: 'a start: 20 ms, theirs 100 ms: 0.20 × (≤ 0.2) holds',
      fails: false,
    })
  })

  it('fails if it breaks on a quiet machine', () => {
    expect(judge({ ...row, atMost: 0.1 })).toMatchObject({ line: expect.stringMatching(/≤ 0.1\) FAILS$/), fails: true })
    expect(judge({ ...row, atLeast: 2 })).toMatchObject({ line: expect.stringMatching(/≥ 2\) FAILS$/), fails: true })
  })

  it('is not judged if the samples of the reference show a noisy machine', () => {
    expect(judge({ ...row, theirs: [100, 150, 90], atMost: 0.1 })).toMatchObject({
      line: expect.stringMatching(/not judged: the machine was noisy \(±30 %\)$/),
      fails: false,
    })
  })
})

it('samples are taken in turn', async () => {
  const order: string[] = []
  const taken = await interleave(['a', 'b'], 2, async (name) => order.push(name))
  expect(order).toEqual(['a', 'b', 'a', 'b'])
  expect(taken('b')).toEqual([2, 4])
})
