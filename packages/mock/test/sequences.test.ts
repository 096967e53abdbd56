import { describe, expect, test } from 'vitest'
import { createMock, type Mock } from '../src/index.ts'
import { ask } from './support.ts'

const list = (account: number, mock: Pick<Mock, 'fetch'>, init?: RequestInit) =>
  ask(`/cfp/v1/imageinstall/status?accountserviceid=${account}`, init, mock)

/** The state of the rollout's job as it is listed, or that it is not. */
async function listed(account: number, mock: Pick<Mock, 'fetch'>): Promise<string> {
  const { json } = await list(account, mock)
  const [install] = json.installs
  return install ? `${install.jobstatename} ${install.jobprogress}` : 'gone'
}

async function followed(account: number, mock: Pick<Mock, 'fetch'>, count: number): Promise<string[]> {
  const steps: string[] = []
  while (steps.length < count) steps.push(await listed(account, mock))
  return steps
}

describe('a rollout', () => {
  test('goes from step to step, and its last one stays', async () => {
    expect(await followed(7001, createMock(), 8)).toEqual([
      ...['Pending 0', 'Queued 0', 'Running 10', 'Running 40', 'Running 80'],
      ...['gone', 'gone', 'gone'],
    ])
  })

  test('can end as failed, with a reason', async () => {
    const mock = createMock()
    expect(await followed(7002, mock, 4)).toEqual(['Pending 0', 'Queued 0', 'Running 40', 'Failed 40'])
    expect((await list(7002, mock)).json.installs[0]).toHaveProperty('joberror', expect.any(String))
  })

  test('is counted by each mock for itself, and by each sequence', async () => {
    const [one, other] = [createMock(), createMock()]
    await followed(7001, one, 3)
    expect([await listed(7001, other), await listed(7002, one)]).toEqual(['Pending 0', 'Pending 0'])
  })

  test('starts over with a reset, by code or over HTTP', async () => {
    const mock = createMock()
    await followed(7001, mock, 3)
    mock.reset()
    expect(await listed(7001, mock)).toBe('Pending 0')
    const { status, json } = await ask('/__mock/reset', { method: 'POST' }, mock)
    expect([status, json]).toEqual([200, { status: 'reset' }])
    expect(await listed(7001, mock)).toBe('Pending 0')
    expect(mock.requests).toHaveLength(1)
  })

  test('gives its first step each time where that was asked for', async () => {
    expect(await followed(7001, createMock({ sequences: false }), 2)).toEqual(['Pending 0', 'Pending 0'])
  })

  test('goes on when a fault met the answer on its way, and not when the request was refused', async () => {
    const mock = createMock()
    mock.fail('html-502')
    expect((await list(7001, mock)).status).toBe(502)
    expect((await list(7001, mock, { headers: { authorization: 'no' } })).status).toBe(401)
    expect((await list(7001, mock, { headers: { accept: 'text/html' } })).status).toBe(406)
    expect(await listed(7001, mock)).toBe('Queued 0')
  })

  test('gives any step by its name, without going on', async () => {
    const mock = createMock()
    const { json } = await list(7001, mock, { headers: { prefer: 'example=rolloutRunning80' } })
    expect(json.installs[0].jobprogress).toBe(80)
    expect(await listed(7001, mock)).toBe('Pending 0')
  })
})

test('the list of scenarios says what comes afterwards', async () => {
  const { json } = await ask('/__mock/scenarios')
  const [, { scenarios, otherwise }] = json
  expect(scenarios.find(({ name }: { name: string }) => name === 'failingPending')).toMatchObject({
    when: { accountserviceid: 7002 },
    afterwards: ['failingQueued', 'failingRunning', 'failingFailed'],
  })
  expect(otherwise).toBe('installs')
})
