import { describe, expect, test, vi } from 'vitest'
import {
  clientOf,
  failureOf,
  jsonResponse,
  mirrorJob,
  queueFrom,
  queueThrough,
  recorder,
  sentWith,
} from './support/calls.ts'
import { listen } from './support/servers.ts'

const body = JSON.stringify(mirrorJob)
const response = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`

describe('a state-changing request arrives once', () => {
  test('when the server drops every reused connection as the request arrives', async () => {
    const requests = new Map<string, number>()
    const seen = new Map<number, number>()
    const { url } = await listen((socket, received, connection) => {
      const paths = [...received.matchAll(/^GET (\S+) HTTP/gm)].map(([, path]) => path ?? '')
      const before = seen.get(connection) ?? 0
      if (paths.length === before) return
      seen.set(connection, paths.length)
      const path = paths.at(-1) ?? ''
      requests.set(path, (requests.get(path) ?? 0) + 1)
      if (before > 0) socket.destroy()
      else socket.write(response)
    })
    const client = clientOf(url, { maxRetries: 2 })
    for (let jobid = 1; jobid <= 20; jobid++) {
      await client.queueImageInstall({ jobid, mirroring: true }).catch((error) => {
        expect(error).toMatchObject({ name: 'UnknownOutcomeError' })
      })
    }
    expect(requests.size).toBe(20)
    expect([...requests.values()]).toEqual(Array(20).fill(1))
  })

  test('when the server drops it without a response', async () => {
    const { url, arrivals } = await listen((socket) => socket.destroy())
    await failureOf(queueFrom(url, { maxRetries: 2 }))
    expect(arrivals()).toBe(1)
  })

  test.each<[string, () => unknown]>([
    ['another request', () => fetch('http://127.0.0.1:1/log')],
    [
      'a connection that is refused',
      () => Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })),
    ],
    ['another call of a client', () => queueFrom('http://127.0.0.1:1')],
  ])('when middleware fails after the response by %s', async (_name, onResponse) => {
    const { url, arrivals } = await listen((socket) => socket.end(response))
    const client = clientOf(url, { maxRetries: 2 })
    client.http.use({ onResponse: async () => void (await onResponse()) })
    const error = await failureOf(client.queueImageInstall({ jobid: 1, mirroring: true }))
    expect(error).toMatchObject({ name: 'UnknownOutcomeError', operation: 'queueImageInstall' })
    expect(arrivals()).toBe(1)
  })

  test('and once more after a 421, which means that it was not processed, by the standard of fetch', async () => {
    const { url, arrivals } = await listen((socket) =>
      socket.end('HTTP/1.1 421 Misdirected\r\ncontent-length: 0\r\n\r\n'),
    )
    const error = await failureOf(queueFrom(url, { maxRetries: 2 }))
    expect(error).toMatchObject({ name: 'HttpError', status: 421, outcome: 'rejected' })
    expect(arrivals()).toBe(2)
  })
})

describe('a separate connection', () => {
  test('is requested in Bun, which would reuse one and send again', async () => {
    expect((await sentWith()).init).toMatchObject({ keepalive: false })
  })

  test.each([
    ['after a response', async () => jsonResponse(mirrorJob)],
    ['after a failure', async () => Promise.reject(new Error('lost'))],
  ])('is created and closed in Deno, %s', async (_name, outcome) => {
    const close = vi.fn()
    const createHttpClient = vi.fn(() => ({ close }))
    vi.stubGlobal('Deno', { createHttpClient })
    const { fetch, requests } = recorder(outcome)
    await Promise.allSettled([queueThrough(fetch)])
    vi.unstubAllGlobals()
    expect(createHttpClient).toHaveBeenCalledExactlyOnceWith({ poolMaxIdlePerHost: 0 })
    expect(requests[0]?.init).toMatchObject({ client: { close } })
    expect(close).toHaveBeenCalledOnce()
  })
})
