import { describe, expect, test } from 'vitest'
import { createMock, type Mock } from '../src/index.ts'
import { ask } from './support.ts'

const list = (account: number, mock: Pick<Mock, 'fetch'>, init?: RequestInit) =>
  ask(`/cfp/v1/imageinstall/status?accountserviceid=${account}`, init, mock)

/** State and progress of the rollout's job, or `gone` if it is not listed. */
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
  test('advances step by step, and the last one stays', async () => {
    expect(await followed(7001, createMock(), 8)).toEqual([
      ...['Pending 0', 'Queued 0', 'Running 10', 'Running 40', 'Running 80'],
      ...['gone', 'gone', 'gone'],
    ])
  })

  test('can end as failed with a reason', async () => {
    const mock = createMock()
    expect(await followed(7002, mock, 4)).toEqual(['Pending 0', 'Queued 0', 'Running 40', 'Failed 40'])
    expect((await list(7002, mock)).json.installs[0]).toHaveProperty('joberror', expect.any(String))
  })

  test('is counted separately for each mock and sequence', async () => {
    const [one, other] = [createMock(), createMock()]
    await followed(7001, one, 3)
    expect([await listed(7001, other), await listed(7002, one)]).toEqual(['Pending 0', 'Pending 0'])
  })

  test('always returns its first step if sequences are off', async () => {
    expect(await followed(7001, createMock({ sequences: false }), 2)).toEqual(['Pending 0', 'Pending 0'])
  })

  test('advances if a fault replaces the response, but not if the request is rejected', async () => {
    const mock = createMock()
    mock.fail('html-502')
    expect((await list(7001, mock)).status).toBe(502)
    expect((await list(7001, mock, { headers: { authorization: 'no' } })).status).toBe(401)
    expect((await list(7001, mock, { headers: { accept: 'text/html' } })).status).toBe(406)
    expect(await listed(7001, mock)).toBe('Queued 0')
  })

  test('returns any step by its name without advancing', async () => {
    const mock = createMock()
    const { json } = await list(7001, mock, { headers: { prefer: 'example=rolloutRunning80' } })
    expect(json.installs[0].jobprogress).toBe(80)
    expect(await listed(7001, mock)).toBe('Pending 0')
  })
})
