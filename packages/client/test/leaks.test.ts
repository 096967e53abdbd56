import { getEventListeners } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test, vi } from 'vitest'
import { clientOf, jsonResponse, mirrorJob } from './support/calls.ts'
import { answering } from './support/servers.ts'

test('neither timer nor listener stays behind, however a call ends', async () => {
  vi.useFakeTimers()
  const controller = new AbortController()
  const outcomes = [
    async () => jsonResponse(mirrorJob),
    async () => jsonResponse({ error: true }),
    async () => new Response('', { status: 500 }),
    async () => Promise.reject(new Error('lost')),
  ]
  for (const fetch of outcomes) {
    const call = clientOf('http://127.0.0.1', { fetch }).queueImageInstall(
      { jobid: 1, mirroring: true },
      { signal: controller.signal },
    )
    await Promise.allSettled([call])
  }
  const rest = [vi.getTimerCount(), getEventListeners(controller.signal, 'abort').length]
  vi.useRealTimers()
  expect(rest).toEqual([0, 0])
})

test('every connection is free again after its call', async () => {
  const { url, requests } = await answering(JSON.stringify(mirrorJob))
  const client = clientOf(url)
  for (let jobid = 1; jobid <= 50; jobid++) await client.queueImageInstall({ jobid, mirroring: true })
  const sockets = new Set(requests.map(({ socket }) => socket.remotePort))
  expect(requests.length).toBe(50)
  expect(sockets.size).toBeLessThan(5)
})

test('memory does not grow over 100,000 calls', async () => {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const client = clientOf('http://127.0.0.1', { fetch: async () => jsonResponse(mirrorJob) })
  const used = async (calls: number) => {
    for (let jobid = 1; jobid <= calls; jobid++) await client.queueImageInstall({ jobid, mirroring: true })
    collect()
    return process.memoryUsage().heapUsed
  }
  const before = await used(10_000)
  const after = await used(100_000)
  // A hundred bytes kept per call would be ten megabytes.
  expect(after - before).toBeLessThan(5_000_000)
}, 60_000)
