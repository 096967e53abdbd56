import type { Install } from '@image-install-queue/client'
import { describe, expect, it } from 'vitest'
import { type InstallChange, type Trouble, type WatchOptions, watchImageInstalls } from '../src/watch.ts'
import { clientOver, lost, scripted } from './support.ts'

const job = (jobstateid: number, more: Partial<Install> = {}): Install => ({ jobid: 1, jobstateid, ...more })

async function events(answers: Parameters<typeof scripted>[0], options: Partial<WatchOptions> = {}) {
  const { client, asked } = scripted(answers)
  const seen: (InstallChange | Trouble)[] = []
  for await (const event of watchImageInstalls(client, { everyMs: 1, ...options })) seen.push(event)
  return { seen, changes: seen.map(({ change }) => change), asked: asked.length }
}

describe('what is yielded', () => {
  it('tells a job from first sight over states and progress to its end', async () => {
    const answers = [[job(2)], [job(4, { jobprogress: 10 })], [job(4, { jobprogress: 40 })], [job(5)]]
    const { seen } = await events(answers, { jobids: [1] })
    expect(seen).toEqual([
      { jobid: 1, change: 'appeared', install: job(2) },
      { jobid: 1, change: 'state', install: job(4, { jobprogress: 10 }), previous: job(2) },
      {
        jobid: 1,
        change: 'progressed',
        install: job(4, { jobprogress: 40 }),
        previous: job(4, { jobprogress: 10 }),
      },
      { jobid: 1, change: 'ended', install: job(5), previous: job(4, { jobprogress: 40 }) },
    ])
  })

  it('says with a job that is gone how it was seen last', async () => {
    const { seen } = await events([[job(4)], []])
    expect(seen.at(-1)).toEqual({ jobid: 1, change: 'gone', install: job(4) })
  })

  it('does not take a job for ended that is listed twice, once as under way', async () => {
    for (const twice of [
      [job(4), job(5)],
      [job(5), job(4)],
    ])
      expect((await events([twice, []])).changes).toEqual(['appeared', 'gone'])
  })

  it('yields nothing for an answer that says the same again', async () => {
    const { changes } = await events([[job(4)], [job(4, { jobupdated: 9 })], []])
    expect(changes).toEqual(['appeared', 'gone'])
  })

  it.each(['Complete', 'Completed', 'Failed', 'Squashed'])(
    'knows %s by name where there is no number',
    async (name) => {
      const { changes } = await events([[{ jobid: 1, jobstatename: name }]])
      expect(changes).toEqual(['appeared', 'ended'])
    },
  )

  it('believes the number where name and number disagree', async () => {
    const { changes } = await events([[job(4, { jobstatename: 'Completed' })], [job(6, { jobstatename: 'Running' })]])
    expect(changes).toEqual(['appeared', 'ended'])
  })

  it('takes an unknown state for a state like others', async () => {
    const { changes } = await events([[job(4)], [job(8)], [job(5)]])
    expect(changes).toEqual(['appeared', 'state', 'ended'])
  })
})

describe('when it ends', () => {
  it('waits for every job, and only for those that were asked for', async () => {
    const other = { jobid: 2, jobstateid: 4 }
    const { changes, asked } = await events([[job(4), other, { jobid: 3, jobstateid: 4 }], [other], []], {
      jobids: [1, 2],
    })
    expect(changes).toEqual(['appeared', 'appeared', 'gone', 'gone'])
    expect(asked).toBe(3)
  })

  it('without jobs watches those of the first answer, and none that appear later', async () => {
    const later = { jobid: 2, jobstateid: 4 }
    const { seen } = await events([[job(4)], [job(4), later], [later]])
    expect(seen.map((event) => 'jobid' in event && event.jobid)).toEqual([1, 1])
  })

  it('ends at once when nothing is listed', async () => {
    expect(await events([[]])).toMatchObject({ seen: [], asked: 1 })
  })

  it('gives up a job that is in none of the first three answers, failed requests aside', async () => {
    expect(await events([lost(), [], lost(), [], []], { jobids: [1] })).toMatchObject({ asked: 5 })
  })

  it('sees a job that appears in the third answer', async () => {
    expect((await events([[], [], [job(5)]], { jobids: [1] })).changes).toEqual(['appeared', 'ended'])
  })

  it('throws when the time is over, and names the jobs without an end', async () => {
    const watching = events([[job(4), { jobid: 2, jobstateid: 5 }]], { timeoutMs: 30 })
    await expect(watching).rejects.toMatchObject({ code: 'watch_timeout', jobids: [1] })
  })

  it('throws when the time is over in the middle of a request', async () => {
    const client = clientOver(
      (_, init) =>
        new Promise((_, reject) => {
          init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
        }),
    )
    const watching = watchImageInstalls(client, { jobids: [7], everyMs: 1, timeoutMs: 30 }).next()
    await expect(watching).rejects.toMatchObject({ code: 'watch_timeout', jobids: [7] })
  })
})

describe('a job that was listed before it was queued', () => {
  const failed = job(6, { joberror: 'disk full' })
  const watching = (answers: readonly (readonly Install[])[], seen: Install) =>
    events(answers, { jobids: [1], seen: [seen] })

  it.each([1, 2, 3, 4, 8])('in state %d and is in no answer is gone', async (jobstateid) => {
    const { seen, asked } = await watching([[]], job(jobstateid))
    expect(seen).toEqual([{ jobid: 1, change: 'gone', install: job(jobstateid) }])
    expect(asked).toBe(1)
  })

  it('still appears where it is listed', async () => {
    expect((await watching([[job(3)], []], job(2))).changes).toEqual(['appeared', 'gone'])
  })

  it('at its end is not taken to be at its new end while it is listed as it was', async () => {
    const { changes } = await watching([[failed], [failed], [job(4)], [failed]], failed)
    expect(changes).toEqual(['appeared', 'ended'])
  })

  it('at its end counts as such from the third answer on', async () => {
    expect(await watching([[failed]], failed)).toMatchObject({ changes: ['appeared', 'ended'], asked: 3 })
  })

  it('at its end and is listed with another has ended at once', async () => {
    const { changes, asked } = await watching([[job(6, { joberror: 'again' })]], failed)
    expect([changes, asked]).toEqual([['appeared', 'ended'], 1])
  })

  it('at its end, ran, and is listed with the same end has ended', async () => {
    expect((await watching([[job(4)], [failed]], failed)).changes).toEqual(['appeared', 'ended'])
  })

  it('at its end and is in no answer was never seen', async () => {
    expect(await watching([[]], failed)).toMatchObject({ changes: [], asked: 3 })
  })
})

describe('what fails', () => {
  it.each([
    ['a lost connection', lost()],
    ['an error of the server', new Response('no', { status: 502 })],
    ['an answer without a list', Response.json({})],
    ['an answer that is no JSON', new Response('<html>')],
    ['too many requests', new Response('', { status: 429 })],
  ])('tells of %s and asks again', async (_, trouble) => {
    const { changes } = await events([[job(4)], trouble, [job(5)]])
    expect(changes).toEqual(['appeared', 'trouble', 'ended'])
  })

  it.each([
    ['an error with status 200', Response.json({ success: false, error: true, error_message: 'locked' }), 'api'],
    ['a refusal', new Response('', { status: 403 }), 'http'],
  ])('throws %s', async (_, refusal, code) => {
    await expect(events([[job(4)], refusal])).rejects.toMatchObject({ code, outcome: 'rejected' })
  })

  it('throws a client that is not set up', async () => {
    const client = clientOver(async () => Response.json({ installs: [] }), -1)
    await expect(watchImageInstalls(client, { everyMs: 1 }).next()).rejects.toMatchObject({ code: 'configuration' })
  })

  it.each([{ everyMs: 0 }, { everyMs: Number.NaN }, { everyMs: 2 ** 31 }, { everyMs: 1, timeoutMs: 0 }])(
    'refuses %o before it asks',
    async (options) => {
      const { client, asked } = scripted([[]])
      await expect(watchImageInstalls(client, options).next()).rejects.toThrow(RangeError)
      expect(asked).toEqual([])
    },
  )
})

describe('the signal', () => {
  const reason = new Error('enough')

  it('sends nothing when it has aborted before', async () => {
    const { client, asked } = scripted([[job(4)]])
    await expect(watchImageInstalls(client, { everyMs: 1, signal: AbortSignal.abort(reason) }).next()).rejects.toBe(
      reason,
    )
    expect(asked).toEqual([])
  })

  it('ends a wait, and no request follows', async () => {
    const { client, asked } = scripted([[job(4)]])
    const controller = new AbortController()
    const watching = watchImageInstalls(client, { everyMs: 2 ** 31 - 1, signal: controller.signal })
    await watching.next()
    const next = watching.next()
    controller.abort(reason)
    await expect(next).rejects.toBe(reason)
    expect(asked).toHaveLength(1)
  })

  it('ends a request that is under way', async () => {
    const controller = new AbortController()
    const client = clientOver(
      (_, init) =>
        new Promise((_, reject) => {
          init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
          controller.abort(reason)
        }),
    )
    const watching = watchImageInstalls(client, { everyMs: 1, signal: controller.signal })
    await expect(watching.next()).rejects.toBe(reason)
  })
})

it('asks no second time before the first answer is there', async () => {
  let open = 0
  let most = 0
  const answers = [[job(4)], [job(4)], []]
  const client = clientOver(async () => {
    most = Math.max(most, ++open)
    await new Promise((resolve) => setImmediate(resolve))
    open--
    return Response.json({ installs: answers.shift() })
  })
  for await (const _ of watchImageInstalls(client, { everyMs: 1 }));
  expect(most).toBe(1)
})
