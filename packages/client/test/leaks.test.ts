import { getEventListeners } from 'node:events'
import { expect, test, vi } from 'vitest'
import type { CallOptions } from '../src/index.ts'
import { clientOf, jsonResponse, mirrorJob } from './support/calls.ts'
import { answering } from './support/servers.ts'

test('neither timer nor listener stays behind, however a call ends', async () => {
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
    const call = clientOf('http://127.0.0.1', { fetch }).queueImageInstall(
      { jobid: 1, mirroring: true },
      { ...own, signal },
    )
    const settled = Promise.allSettled([call])
    if (abortAfterMs > 0) setTimeout(() => controller.abort(), abortAfterMs)
    await vi.advanceTimersByTimeAsync(20_000)
    await settled
    rest.push(vi.getTimerCount(), getEventListeners(signal, 'abort').length)
  }
  vi.useRealTimers()
  expect(rest).toEqual(outcomes.flatMap(() => [0, 0]))
})

test('every connection is free again after its call', async () => {
  const { url, requests } = await answering(JSON.stringify(mirrorJob))
  const client = clientOf(url)
  for (let jobid = 1; jobid <= 50; jobid++) await client.queueImageInstall({ jobid, mirroring: true })
  const sockets = new Set(requests.map(({ socket }) => socket.remotePort))
  expect(requests.length).toBe(50)
  expect(sockets.size).toBeLessThan(5)
})
