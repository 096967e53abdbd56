import { describe, expect, it } from 'vitest'
import { api, command, lost, scripted, waiting } from './support.ts'

const two = [waiting, { ...waiting, jobid: 2 }]

describe('a failed lookup', () => {
  it.each([new Response('', { status: 403 }), lost()])('is reported together with its consequence', async (reply) => {
    const { exit, err } = await command('queue 1', scripted([reply]).client)
    expect(exit).toBe(1)
    expect(err).toMatch(/^.+\nNothing was queued\.\n$/)
  })
})

describe('the failure of one job', () => {
  it('does not stop the others after a rejection, and stops them after an unknown outcome', async () => {
    const { client, sent } = api(
      [1, 2, 3, 4, 5].map((jobid) => ({ ...waiting, jobid })),
      { 2: { success: false, error: true, error_message: 'image locked' }, 3: lost() },
    )
    const { exit, err } = await command('queue 1 2 3 4 5 --wait', client)
    expect(exit).toBe(3)
    expect(sent).toEqual(['1 true', '2 true', '3 true'])
    expect(err).toMatch(/^job 2: .*image locked.*\njob 3: [^\n]*Check with `image-install-queue list`/)
    expect(err).toContain('Not queued: jobs 4, 5\nNot waiting. Queued before: job 1. The installs keep running.\n')
  })

  it('leaves out of --wait the jobs that were rejected or not sent', async () => {
    const lists = [[...two, { ...waiting, jobid: 3 }], [{ ...waiting, jobstateid: 4 }], []]
    const { client } = scripted(lists, { 2: new Response('', { status: 403 }) })
    const { exit, lines } = await command('queue 1 2 3 --wait --every 1ms', client)
    expect(exit).toBe(1)
    expect(lines().map(({ jobid, change }) => `${jobid} ${change}`)).toEqual([
      ...['1 found', '2 found', '3 found', '1 queued', '1 appeared', '1 gone'],
    ])
  })

  it.each([401, 403, 429, 422])('stops the others after a rejection with %d, which affects all', async (status) => {
    for (const refusal of [new Response('', { status }), Response.json({ success: false }, { status })]) {
      const { client, sent } = api(two, { 1: refusal })
      const { exit, err } = await command('queue 1 2 --json', client)
      expect([exit, sent]).toEqual([1, ['1 true']])
      expect(err).toContain('{"error":{"code":"not_queued","jobids":[2],"message":"Not queued: job 2"}}')
    }
  })

  it.each([400, 404, 409])('does not stop the others after a rejection with %d', async (status) => {
    const { client, sent } = api(two, { 1: new Response('', { status }) })
    const { exit, err } = await command('queue 1 2', client)
    expect([exit, sent]).toEqual([1, ['1 true', '2 true']])
    expect(err).not.toContain('Not queued')
  })
})

it('does not show a response that is not a job as queued', async () => {
  const { client } = api([waiting], { 1: {} })
  const { out, err } = await command('queue 1 --wait', client, { isTTY: true })
  expect(out).toBe('job 1: Pending, mirroring true\n')
  expect(err).not.toContain('Not waiting')
})
