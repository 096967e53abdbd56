import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ask, path } from '../support.ts'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
const [, queueTable = '', listTable = ''] = readme.split(/^\| `(?:jobid|accountserviceid)` \| response \|$/m)

const targets = {
  jobid: (id: number) => path(id),
  accountserviceid: (id: number) => `/cfp/v1/imageinstall/status?accountserviceid=${id}`,
}
const numbers = (cell: string) => [...cell.matchAll(/\d+/g)].map(([digits]) => Number(digits))

describe('the test data in the README', () => {
  test.each([
    ['jobid', queueTable],
    ['accountserviceid', listTable],
  ] as const)('has the statuses of the errors by %s', async (parameter, table) => {
    const [, ids = '', statuses = ''] = /^\| ([\d, ]+) \| an error with status ([\d, ]+) \|$/m.exec(table) ?? []
    const found = await Promise.all(numbers(ids).map(async (id) => (await ask(targets[parameter](id))).status))
    expect(found).toEqual(numbers(statuses))
    expect(found).not.toEqual([])
  })

  test.each([
    ['jobid', queueTable],
    ['accountserviceid', listTable],
  ] as const)('has an error with status 200 by %s', async (parameter, table) => {
    const [, id] = /^\| (\d+) \| status 200 with an error in the body/m.exec(table) ?? []
    expect(await ask(targets[parameter](Number(id)))).toMatchObject({
      status: 200,
      json: { success: false, error: true },
    })
  })

  test('has the job IDs of the states', async () => {
    const [, first, last] = /^\| (\d+) … (\d+) \| the job in state 1 … 7;/m.exec(queueTable) ?? []
    expect(Number(last) - Number(first)).toBe(6)
    const states = [0, 1, 2, 3, 4, 5, 6].map(
      async (offset) => (await ask(path(Number(first) + offset))).json.jobstateid,
    )
    expect(await Promise.all(states)).toEqual([1, 2, 3, 4, 5, 6, 7])
  })
})
