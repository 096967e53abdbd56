import type { Install, QueueImageInstallResult } from '@image-install-queue/client'
import { describe, expect, it } from 'vitest'
import { type WatchEvent, type WatchOptions, watchImageInstalls } from '../src/watch.ts'
import { clientOver, lost, scripted, silent } from './support.ts'

const job = (jobstateid: number, more: Partial<Install> = {}): Install => ({ jobid: 1, jobstateid, ...more })

/** The events of a watch, and the number of list requests. */
async function events(lists: Parameters<typeof scripted>[0], options: Partial<WatchOptions> = {}) {
  const { client, requested } = scripted(lists)
  const seen: WatchEvent[] = []
  for await (const event of watchImageInstalls(client, { everyMs: 1, ...options })) seen.push(event)
  return { seen, changes: seen.map(({ change }) => change), requested: requested.length }
}

describe('the events', () => {
  it('follow a job from the first list through states and progress to its end', async () => {
    const lists = [[job(2)], [job(4, { jobprogress: 10 })], [job(4, { jobprogress: 40 })], [job(5)]]
    const { seen } = await events(lists, { jobids: [1] })
    expect(seen).toEqual([
      { jobid: 1, change: 'appeared', install: job(2) },
      { jobid: 1, change: 'state-changed', install: job(4, { jobprogress: 10 }), previous: job(2) },
      {
        jobid: 1,
        change: 'progressed',
        install: job(4, { jobprogress: 40 }),
        previous: job(4, { jobprogress: 10 }),
      },
      {
        jobid: 1,
        change: 'ended',
        outcome: 'completed',
        install: job(5),
        previous: job(4, { jobprogress: 40 }),
      },
    ])
  })

  it.each([
    [4, 'presumed-completed'],
    [2, 'unknown'],
  ])('show how a job that is gone in state %d was last seen, and its outcome', async (state, outcome) => {
    const { seen, requested } = await events([[job(state)], []])
    expect(seen.at(-1)).toEqual({ jobid: 1, change: 'gone', outcome, install: job(state) })
    expect(requested).toBe(4)
  })

  it.each([
    [{ jobstateid: 5 }, 'completed'],
    [{ jobstateid: 5, jobfailed: 1 }, 'unknown'],
    [{ jobstateid: 6 }, 'failed'],
    [{ jobstateid: 7 }, 'unknown'],
  ])('show the outcome of a job that has ended: %o', async (more, outcome) => {
    expect((await events([[{ jobid: 1, ...more }]])).seen.at(-1)).toMatchObject({ change: 'ended', outcome })
  })

  it('treat a job that is listed twice, once as in progress, as in progress', async () => {
    for (const twice of [
      [job(4), job(5)],
      [job(5), job(4)],
    ])
      expect((await events([twice, []])).changes).toEqual(['appeared', 'gone'])
  })

  it('are none for a list that shows the same again', async () => {
    const { changes } = await events([[job(4)], [job(4, { jobupdated: 9 })], []])
    expect(changes).toEqual(['appeared', 'gone'])
  })

  it('follow the number if name and number disagree', async () => {
    const { changes } = await events([[job(4, { jobstatename: 'Completed' })], [job(6, { jobstatename: 'Running' })]])
    expect(changes).toEqual(['appeared', 'ended'])
  })

  it('treat an unrecognized state as a state that is not final', async () => {
    const { changes } = await events([[job(4)], [job(8)], [job(5)]])
    expect(changes).toEqual(['appeared', 'state-changed', 'ended'])
  })
})

describe('the end', () => {
  it('is reached when every job has finished, and only the requested ones count', async () => {
    const other = { jobid: 2, jobstateid: 4 }
    const { changes, requested } = await events([[job(4), other, { jobid: 3, jobstateid: 4 }], [other], []], {
      jobids: [1, 2],
    })
    expect(changes).toEqual(['appeared', 'appeared', 'gone', 'gone'])
    expect(requested).toBe(5)
  })

  it('without `jobids` depends on the jobs of the first list, not on later ones', async () => {
    const later = { jobid: 2, jobstateid: 4 }
    const { seen } = await events([[job(4)], [job(4), later], [later]])
    expect(seen.map((event) => 'jobid' in event && event.jobid)).toEqual([1, 1])
  })

  it('without `jobids` depends on those that `select` accepts', async () => {
    const { seen } = await events([[job(5), { jobid: 2, jobstateid: 5 }]], { select: ({ jobid }) => jobid === 2 })
    expect(seen.map((event) => 'jobid' in event && event.jobid)).toEqual([2, 2])
  })

  it.each<[string, readonly Install[], Partial<WatchOptions>]>([
    ['nothing is listed', [], {}],
    ['`jobids` is empty', [job(4)], { jobids: [] }],
    ['`known` is empty', [job(4)], { known: [] }],
  ])('is reached at once when %s', async (_, list, options) => {
    expect(await events([list], options)).toMatchObject({ seen: [], requested: 1 })
  })

  it('is `not-found` for a job that is missing from the first three lists; failed requests do not count', async () => {
    const { seen, requested } = await events([[], lost(), [], lost(), []], { jobids: [1] })
    expect(seen.filter(({ change }) => change !== 'error')).toEqual([
      { jobid: 1, change: 'not-found', outcome: 'unknown' },
    ])
    expect(requested).toBe(5)
  })

  it('is not reached while a job is missing from two lists in a row', async () => {
    const lists = [[job(4)], [], [], [job(4)], [], [], [job(4)], [job(5)]]
    expect((await events(lists)).changes).toEqual(['appeared', 'ended'])
  })

  it.each([null, {}, { jobid: 0 }, { jobid: '9007199254740993' }])(
    'is not reached because a job is missing from lists with the entry %j, and there is one warning',
    async (odd) => {
      const { changes, seen } = await events([[job(4)], ...Array(4).fill([odd]), [job(5)]], { jobids: [1] })
      expect(changes).toEqual(['appeared', 'warning', 'ended'])
      expect(seen[1]).toEqual({
        change: 'warning',
        message: 'no usable `jobid` in installs[0] in the response: skipped',
      })
    },
  )

  it('is reached with `installs: null` as with an empty list, and there is one warning', async () => {
    const { changes } = await events([[job(4)], { success: true, installs: null }])
    expect(changes).toEqual(['appeared', 'warning', 'gone'])
  })

  it('is an error after `timeoutMs`, with the jobs that have not finished', async () => {
    const watching = events([[job(4), { jobid: 2, jobstateid: 5 }]], { timeoutMs: 30 })
    await expect(watching).rejects.toMatchObject({ code: 'watch_timeout', jobids: [1] })
  })

  it('is an error after `timeoutMs`, also during a request', async () => {
    const watching = watchImageInstalls(silent(), { jobids: [7], everyMs: 1, timeoutMs: 30 }).next()
    await expect(watching).rejects.toMatchObject({ code: 'watch_timeout', jobids: [7] })
  })
})

describe('a job that is known before', () => {
  const failed = job(6, { joberror: 'disk full' })
  const mirrorJob = (jobstateid: number): QueueImageInstallResult => ({
    ...{ versionmirrorid: 1, jobstateid, jobstatename: '', jobcreated: 1, jobupdated: 1, jobprogress: 0, jobfailed: 0 },
  })
  const watching = (lists: readonly (readonly Install[])[], listed: Install, queued?: QueueImageInstallResult) =>
    events(lists, { known: [{ jobid: 1, listed, queued }] })

  it.each([1, 2, 3, 4, 8])('in state %d and is in no list is gone after three', async (state) => {
    const { seen, requested } = await watching([[]], job(state))
    expect(seen).toEqual([expect.objectContaining({ jobid: 1, change: 'gone', install: job(state) })])
    expect(requested).toBe(3)
  })

  it('still appears when it is listed, changed or not', async () => {
    for (const listed of [job(2), job(3)])
      expect((await watching([[listed], []], job(2))).changes).toEqual(['appeared', 'gone'])
  })

  it('at its end, and in no list, is not found', async () => {
    expect((await watching([[]], failed)).changes).toEqual(['not-found'])
  })

  it('at its end, and listed so three times, has ended with an unknown outcome', async () => {
    const { seen, requested } = await watching([[failed]], failed)
    expect(seen.at(-1)).toMatchObject({ change: 'ended', outcome: 'unknown' })
    expect(requested).toBe(3)
  })

  it('at its end, listed so twice and then not listed, counts as missing from the next list', async () => {
    const { seen, requested } = await watching([[failed], [failed], []], failed, mirrorJob(4))
    expect(seen).toEqual([expect.objectContaining({ change: 'gone', outcome: 'presumed-completed' })])
    expect(requested).toBe(5)
  })

  it('at its end, and listed with another end, has ended at once', async () => {
    const { changes, requested } = await watching([[job(6, { joberror: 'again' })]], failed)
    expect([changes, requested]).toEqual([['appeared', 'ended'], 1])
  })
})

describe('a failed list request', () => {
  const rejected = () => new Response('', { status: 403 })
  const locked = () => ({ success: false, error: true, error_message: 'locked' })

  it.each([
    [10, 'a lost connection', lost()],
    [10, 'an error of the server', new Response('no', { status: 502 })],
    [10, 'a response without a list', { jobid: 1 }],
    [10, 'a response that is not JSON', new Response('<html>')],
    [10, 'too many requests', new Response('', { status: 429 })],
    [4, 'a rejection', rejected()],
    [4, 'an error with status 200', locked()],
  ])('is yielded and repeated %d times after %s', async (times, _, failure) => {
    const { changes } = await events([[job(4)], ...Array(times).fill(failure), [job(5)]])
    expect(changes).toEqual(['appeared', ...Array(times).fill('error'), 'ended'])
  })

  it('is repeated no sooner than Retry-After allows', async () => {
    const busy = new Response('', { status: 429, headers: { 'retry-after': '3600' } })
    const controller = new AbortController()
    const { client, requested } = scripted([[job(4)], busy, [job(5)]])
    const watching = watchImageInstalls(client, { everyMs: 1, signal: controller.signal })
    expect((await watching.next()).value).toMatchObject({ change: 'appeared' })
    expect((await watching.next()).value).toMatchObject({ change: 'error' })
    const next = watching.next()
    // Many times as long as the interval.
    for (let turn = 0; turn < 1_000; turn++) await new Promise((resolve) => setImmediate(resolve))
    controller.abort(new Error('enough'))
    await expect(next).rejects.toThrow('enough')
    expect(requested).toHaveLength(2)
  })

  it.each([
    ['rejections', rejected(), 'http'],
    ['errors with status 200', locked(), 'api'],
  ])('is thrown after five %s in a row', async (_, failure, code) => {
    const { client, requested } = scripted([[job(4)], ...Array(4).fill(failure), [job(4)], failure])
    const watching = watchImageInstalls(client, { everyMs: 1 })
    await expect(
      (async () => {
        for await (const _ of watching);
      })(),
    ).rejects.toMatchObject({ code, outcome: 'rejected' })
    expect(requested).toHaveLength(11)
  })

  it('is thrown without `jobids` if the first list has an entry without a usable `jobid`', async () => {
    const { client } = scripted([[job(4), { jobid: 0 }]])
    await expect(watchImageInstalls(client, { everyMs: 1 }).next()).rejects.toMatchObject({
      code: 'malformed_response',
      message: expect.stringContaining('installs[1]'),
    })
  })

  it('is thrown if the client is not set up', async () => {
    const client = clientOver(async () => Response.json({ installs: [] }), -1)
    await expect(watchImageInstalls(client, { everyMs: 1 }).next()).rejects.toMatchObject({ code: 'configuration' })
  })

  it.each([{ everyMs: 0 }, { everyMs: Number.NaN }, { everyMs: 2 ** 31 }, { everyMs: 1, timeoutMs: 0 }])(
    'is not made with %o',
    async (options) => {
      const { client, requested } = scripted([[]])
      await expect(watchImageInstalls(client, options).next()).rejects.toThrow(RangeError)
      expect(requested).toEqual([])
    },
  )

  it.each([{ jobids: [1] }, { known: [{ jobid: 1 }] }, { known: [] }])(
    'is not made with `select` and %o',
    async (jobs) => {
      const { client, requested } = scripted([[]])
      const watching = watchImageInstalls(client, { everyMs: 1, select: () => true, ...jobs })
      await expect(watching.next()).rejects.toThrow(TypeError)
      expect(requested).toEqual([])
    },
  )

  it('is thrown before the first list without jobs in `known`', async () => {
    const { client } = scripted([lost()])
    await expect(watchImageInstalls(client, { everyMs: 1, known: [] }).next()).rejects.toMatchObject({
      code: 'connection_lost',
    })
  })
})

describe('the signal', () => {
  const reason = new Error('enough')

  it('prevents every request when it has aborted before', async () => {
    const { client, requested } = scripted([[job(4)]])
    await expect(watchImageInstalls(client, { everyMs: 1, signal: AbortSignal.abort(reason) }).next()).rejects.toBe(
      reason,
    )
    expect(requested).toEqual([])
  })

  it('ends a pause, and no request follows', async () => {
    const { client, requested } = scripted([[job(4)]])
    const controller = new AbortController()
    const watching = watchImageInstalls(client, { everyMs: 2 ** 31 - 1, signal: controller.signal })
    await watching.next()
    const next = watching.next()
    controller.abort(reason)
    await expect(next).rejects.toBe(reason)
    expect(requested).toHaveLength(1)
  })

  it('ends a request that is in progress', async () => {
    const controller = new AbortController()
    const client = silent(() => controller.abort(reason))
    const watching = watchImageInstalls(client, { everyMs: 1, signal: controller.signal })
    await expect(watching.next()).rejects.toBe(reason)
  })
})

it('stops a watch between two events of one response', async () => {
  const controller = new AbortController()
  const { client } = scripted([Array.from({ length: 1_000 }, (_, index) => ({ jobid: index + 1, jobstateid: 4 }))])
  let count = 0
  const watching = (async () => {
    for await (const _ of watchImageInstalls(client, { everyMs: 1, signal: controller.signal }))
      if (++count === 1) setImmediate(() => controller.abort())
  })()
  await expect(watching).rejects.toThrow('aborted')
  expect(count).toBeLessThan(10)
})

it('sends one request at a time', async () => {
  let open = 0
  let most = 0
  const lists = [[job(4)], [job(4)], []]
  const client = clientOver(async () => {
    most = Math.max(most, ++open)
    await new Promise((resolve) => setImmediate(resolve))
    open--
    return Response.json({ installs: lists.shift() ?? [] })
  })
  for await (const _ of watchImageInstalls(client, { everyMs: 1 }));
  expect(most).toBe(1)
})
