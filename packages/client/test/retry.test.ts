import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { clientOf, failureOf, jsonResponse, mirrorJob, queueThrough } from './support/calls.ts'

const refused = () => Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: { syscall: 'connect' } }))
const lost = () => Promise.reject(new TypeError('fetch failed'))

type Step = () => Promise<Response>

/** A fetch that goes through steps and remembers when it was called. */
function steps(...list: Step[]) {
  const times: number[] = []
  const fetch: typeof globalThis.fetch = () => {
    times.push(Date.now())
    return (list[times.length - 1] ?? list.at(-1) ?? lost)()
  }
  return { fetch, times }
}

const respond =
  (status: number, headers: Record<string, string> = {}): Step =>
  async () =>
    new Response('', { status, headers })

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** The result or the error of a call, while the fake clock runs. */
async function settle(call: Promise<unknown>): Promise<unknown> {
  const result = call.catch((error: unknown) => error)
  await vi.runAllTimersAsync()
  return result
}

describe('a state-changing call', () => {
  const queue = (fetch: typeof globalThis.fetch, options: object = {}, own: object = {}) =>
    settle(queueThrough(fetch, { maxRetries: undefined, ...options }, own))

  test('is sent again after it provably was not sent, twice by default', async () => {
    const { fetch, times } = steps(refused, refused, async () => jsonResponse(mirrorJob))
    expect(await queue(fetch)).toEqual(mirrorJob)
    expect(times.length).toBe(3)
  })

  test('fails after the last retry', async () => {
    const { fetch, times } = steps(refused)
    expect(await queue(fetch)).toMatchObject({ name: 'NotSentError', code: 'not_sent' })
    expect(times.length).toBe(3)
  })

  test.each([0, 1, 4])(
    'is retried as often as maxRetries %i allows, in the call or for the client',
    async (maxRetries) => {
      const one = steps(refused)
      await queue(one.fetch, { maxRetries: 9 }, { maxRetries })
      expect(one.times.length).toBe(maxRetries + 1)
      const two = steps(refused)
      await queue(two.fetch, { maxRetries })
      expect(two.times.length).toBe(maxRetries + 1)
    },
  )

  test('waits a random part of 0.5 s, then of twice as much, up to 8 s', async () => {
    const { fetch, times } = steps(refused)
    await queue(fetch, { maxRetries: 7, timeoutMs: 60_000 })
    const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0))
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 4000, 4000])
  })

  test.each([
    ['its connection was lost', lost],
    ['429', respond(429, { 'retry-after': '1' })],
    ['503', respond(503, { 'retry-after': '1' })],
    ['408', respond(408)],
    ['500', respond(500)],
    ['a malformed success', respond(200)],
    ['a redirect', respond(307, { location: '/' })],
  ])('is never sent again after %s', async (_name, step) => {
    const { fetch, times } = steps(step)
    expect(await queue(fetch)).toMatchObject({ operation: 'queueImageInstall' })
    expect(times.length).toBe(1)
  })

  test('is not sent again when the wait would take all the time left', async () => {
    const { fetch, times } = steps(refused)
    expect(await queue(fetch, { timeoutMs: 250 })).toMatchObject({ name: 'NotSentError', code: 'not_sent' })
    expect(times.length).toBe(1)
    const longer = steps(refused)
    await queue(longer.fetch, { timeoutMs: 260 })
    expect(longer.times.length).toBe(2)
  })

  test('stops waiting when it is aborted, and was not sent', async () => {
    const controller = new AbortController()
    const { fetch, times } = steps(refused)
    const call = failureOf(queueThrough(fetch, { maxRetries: 2 }, { signal: controller.signal }))
    await vi.advanceTimersByTimeAsync(100)
    controller.abort('enough')
    expect(await call).toMatchObject({ name: 'NotSentError', code: 'aborted', cause: 'enough' })
    expect(times.length).toBe(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('does not begin to wait when the logger aborted it', async () => {
    const controller = new AbortController()
    const logger = { ...console, warn: () => controller.abort('enough'), error: () => {} }
    const start = Date.now()
    const options = { logger, maxRetries: 2 }
    const error = failureOf(queueThrough(steps(refused).fetch, options, { signal: controller.signal }))
    expect(await error).toMatchObject({ name: 'NotSentError', code: 'aborted' })
    expect(Date.now() - start).toBe(0)
  })

  test('does not outlive its timeout by retries', async () => {
    const { fetch, times } = steps(refused, () => new Promise(() => {}))
    const start = Date.now()
    expect(await queue(fetch, { timeoutMs: 1000 })).toMatchObject({ name: 'UnknownOutcomeError', code: 'timeout' })
    expect([times.length, Date.now() - start]).toEqual([2, 1000])
  })
})

describe('a read-only call', () => {
  const reader = (options: object) => {
    const client = clientOf('http://127.0.0.1', { maxRetries: undefined, ...options })
    return (own?: object) => client.listImageInstalls({}, own)
  }
  const list = async (fetch: typeof globalThis.fetch, options: object = {}, own: object = {}) =>
    settle(reader({ fetch, ...options })(own))

  const installs: Step = async () => jsonResponse({ installs: [] })

  test.each([lost, respond(503)])('fails with a message that a retry is safe: %#', async (step) => {
    const error = await list(steps(step).fetch, {}, { maxRetries: 0 })
    expect(error).toMatchObject({ message: expect.stringContaining('This call is read-only, so retrying is safe.') })
  })

  test.each([
    ['it was not sent', refused],
    ['the connection was lost', lost],
    ['408', respond(408)],
    ['429', respond(429)],
    ['500', respond(500)],
    ['503', respond(503)],
    ['599', respond(599)],
    ['an attempt took too long', () => new Promise<Response>(() => {})],
  ])('is sent again when %s', async (_name, step) => {
    const { fetch, times } = steps(step, installs)
    expect(await list(fetch)).toEqual({ installs: [] })
    expect(times.length).toBe(2)
  })

  test.each([
    ['404', respond(404)],
    ['428', respond(428)],
    ['430', respond(430)],
    ['499', respond(499)],
    ['a malformed success', respond(200)],
    ['a redirect', respond(302)],
  ])('is not sent again after %s', async (_name, step) => {
    const { fetch, times } = steps(step)
    expect(await list(fetch)).toBeInstanceOf(Error)
    expect(times.length).toBe(1)
  })

  test.each([
    ['3', 3000],
    ['0', 0],
    ['Tue, 24 Nov 2026 03:00:04 GMT', 4000],
    ['Tuesday, 24-Nov-26 03:00:04 GMT', 4000],
    ['Tue, 24 Nov 2026 02:00:00 GMT', 0],
    ['soon', 250],
    ['1.5', 250],
    ['-1', 250],
    ['2026-11-24T03:00:04Z', 250],
    ['never GMT', 250],
    ['Tue, 24 Nov 2026 03:00:04 GMT+0100', 250],
    ['9'.repeat(400), 250],
    ['', 250],
  ])('waits for Retry-After %j: %i ms', async (header, expected) => {
    vi.setSystemTime('2026-11-24T03:00:00Z')
    const { fetch, times } = steps(respond(503, { 'retry-after': header }), installs)
    await list(fetch)
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBe(expected)
  })

  test('is not sent again when Retry-After is longer than the time left', async () => {
    const { fetch, times } = steps(respond(503, { 'retry-after': '31' }))
    expect(await list(fetch)).toMatchObject({ status: 503, retryAfterMs: 31_000 })
    expect(times.length).toBe(1)
  })

  test('may have arrived when only its last attempt provably was not sent', async () => {
    const { fetch } = steps(lost, refused)
    expect(await list(fetch)).toMatchObject({ name: 'UnknownOutcomeError', outcome: 'unknown' })
  })

  test('may have arrived when an attempt before the last returned an error', async () => {
    const { fetch } = steps(respond(503, { 'retry-after': '0' }), refused)
    expect(await list(fetch, { maxRetries: 1 })).toMatchObject({ name: 'HttpError', status: 503, outcome: 'unknown' })
  })

  test('gives each attempt but the last two thirds of the time left', async () => {
    const { fetch, times } = steps(() => new Promise(() => {}))
    const start = Date.now()
    expect(await list(fetch, { timeoutMs: 9000 })).toMatchObject({ name: 'UnknownOutcomeError', code: 'timeout' })
    expect(times.map((time) => time - start)).toEqual([0, 6250, 8583])
    expect(Date.now() - start).toBe(9000)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('that is aborted while waiting may have arrived', async () => {
    const controller = new AbortController()
    const { fetch } = steps(lost)
    const failure = failureOf(reader({ fetch })({ signal: controller.signal }))
    await vi.advanceTimersByTimeAsync(100)
    controller.abort('enough')
    expect(await failure).toMatchObject({ name: 'UnknownOutcomeError', code: 'aborted', cause: 'enough' })
  })
})
