import { getEventListeners } from 'node:events'
import { describe, expect, test, vi } from 'vitest'
import type { CallOptions } from '../src/index.ts'
import { clientOf, failureOf, jsonResponse, mirrorJob, queueThrough } from './support/calls.ts'
import { serverReturning } from './support/servers.ts'

test('no timer and no listener is left, however a call ends', async () => {
  vi.useFakeTimers()
  const forever = () => new Promise<Response>(() => {})
  const notSent = () => Promise.reject(Object.assign(new TypeError('fetch failed'), { syscall: 'connect' }))
  const outcomes: [typeof globalThis.fetch, (CallOptions & { abortAfterMs?: number })?][] = [
    [async () => jsonResponse(mirrorJob)],
    [async () => jsonResponse({ error: true })],
    [async () => new Response('', { status: 500 })],
    [async () => Promise.reject(new Error('lost'))],
    [forever, { timeoutMs: 1000 }],
    [forever, { abortAfterMs: 1000 }],
    [notSent, { maxRetries: 2 }],
    [notSent, { maxRetries: 2, abortAfterMs: 1 }],
    [forever, { timeoutMs: 0 }],
  ]
  const rest: number[] = []
  for (const [fetch, { abortAfterMs = 0, ...own } = {}] of outcomes) {
    const controller = new AbortController()
    const { signal } = controller
    const settled = Promise.allSettled([queueThrough(fetch, {}, { ...own, signal })])
    if (abortAfterMs > 0) setTimeout(() => controller.abort(), abortAfterMs)
    await vi.advanceTimersByTimeAsync(20_000)
    await settled
    rest.push(vi.getTimerCount(), getEventListeners(signal, 'abort').length)
  }
  vi.useRealTimers()
  expect(rest).toEqual(outcomes.flatMap(() => [0, 0]))
})

test('no timer of an attempt is left after a read-only call was retried', async () => {
  vi.useFakeTimers()
  const outcomes = [new Response('', { status: 503 }), jsonResponse({ installs: [] })]
  const fetch = async () => outcomes.shift() ?? new Response('', { status: 500 })
  const call = clientOf('http://127.0.0.1', { fetch, maxRetries: 1 }).listImageInstalls()
  await vi.advanceTimersByTimeAsync(1000)
  await call
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

describe('calls that share a signal', () => {
  /** A client whose calls never end, and the signals that `fetch` received. */
  function waiting() {
    const signals: (AbortSignal | null | undefined)[] = []
    const fetch: typeof globalThis.fetch = (_, init) => {
      signals.push(init?.signal)
      return new Promise(() => {})
    }
    return { signals, client: clientOf('http://127.0.0.1', { fetch }) }
  }
  const parameters = { jobid: 1, mirroring: true }

  test('are all ended by it, without a warning about many listeners', async () => {
    const warning = vi.spyOn(process, 'emitWarning')
    const controller = new AbortController()
    const { client } = waiting()
    const { signal } = controller
    const calls = Array.from({ length: 20 }, () => failureOf(client.queueImageInstall(parameters, { signal })))
    controller.abort()
    expect(new Set((await Promise.all(calls)).map(({ code }) => code))).toEqual(new Set(['aborted']))
    expect(warning).not.toHaveBeenCalled()
    vi.restoreAllMocks()
  })

  test('are all ended by it, also after another one of them has ended', async () => {
    const controller = new AbortController()
    const { signal } = controller
    const { client, signals } = waiting()
    const long = failureOf(client.queueImageInstall(parameters, { signal }))
    const short = failureOf(client.queueImageInstall(parameters, { signal, timeoutMs: 5 }))
    expect(await short).toMatchObject({ code: 'timeout' })
    controller.abort()
    expect(await long).toMatchObject({ code: 'aborted' })
    expect(signals.map((each) => each?.aborted)).toEqual([true, true])
  })
})

test('every connection is reused after its call', async () => {
  const { url, requests } = await serverReturning(JSON.stringify(mirrorJob))
  const client = clientOf(url)
  for (let jobid = 1; jobid <= 50; jobid++) await client.queueImageInstall({ jobid, mirroring: true })
  const sockets = new Set(requests.map(({ socket }) => socket.remotePort))
  expect(requests.length).toBe(50)
  expect(sockets.size).toBeLessThan(5)
})
