import { describe, expect, test } from 'vitest'
import { operations } from '../src/contract.ts'
import { ask, path } from './support.ts'

describe('a request gets the scenario that matches its values', () => {
  test.each([
    [1001, false, 'machineCreated'],
    [1007, true, 'mirrorSquashed'],
    [1008, true, 'mirrorJob'],
    [1008, false, 'machineJob'],
    [9_007_199_254_740_991, false, 'machineJob'],
  ])('jobid %d, mirroring=%s: %s', async (jobid, mirroring, scenario) => {
    const response = await ask(path(jobid, `accountserviceid=1&mirroring=${mirroring}`))
    expect(response.headers.get('mock-scenario')).toBe(scenario)
  })

  test.each([true, false])('an error is returned for any mirroring (%s)', async (mirroring) => {
    const response = await ask(path(2001, `accountserviceid=1&mirroring=${mirroring}`))
    expect([response.status, response.headers.get('mock-scenario')]).toEqual([200, 'imageLocked'])
    expect(response.json).toMatchObject({ success: false, error: true })
  })

  test('the same request gets the same bytes, whatever was requested before', async () => {
    const before = await ask(path(1004))
    await ask(path(4004))
    await ask(path(1004), { headers: { prefer: 'code=500' } })
    expect((await ask(path(1004))).text).toBe(before.text)
  })
})

describe('scenarios are tried in their order of precedence', () => {
  test('more path parameters first, then more other parameters', () => {
    const order = operations.flatMap(({ scenarios }) =>
      scenarios.map(({ parameters: all }) => all.map((it) => it.in).join()),
    )
    expect([...new Set(order)]).toEqual(['path,query', 'path', 'query'])
  })
})
