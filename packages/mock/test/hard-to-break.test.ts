import { describe, expect, test } from 'vitest'
import { createHandler } from '../src/handler.ts'
import { bodyLimit } from '../src/message.ts'
import { serve } from '../src/serve.ts'
import { createSessions } from '../src/session.ts'
import { robustMock } from './robust-mock.ts'
import { basic, exchange, path } from './support.ts'

const robust = robustMock()
const authorization = basic('key', 'secret').authorization

describe('bodies', () => {
  test('up to the limit are read', async () => {
    const init = { method: 'POST', body: Buffer.alloc(bodyLimit) }
    expect((await fetch(`http://127.0.0.1:${robust.port}/cfp`, init)).status).toBe(404)
  })

  test('in endless chunks are rejected', async () => {
    const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(0x100000), Buffer.from('\r\n')])
    const head = Buffer.from('POST /cfp HTTP/1.1\r\nhost: mock\r\ntransfer-encoding: chunked\r\n\r\n')
    const back = await exchange(robust.port, head, (socket) => {
      const more = () => socket.writable && socket.write(chunk, more)
      more()
      socket.once('data', () => socket.destroy())
    })
    expect(back).toMatch(/^HTTP\/1\.1 413 /)
  })

  test('that break off do not affect other requests', async () => {
    const head = `POST /cfp HTTP/1.1\r\nhost: mock\r\ncontent-length: 100\r\n\r\nhalf`
    await exchange(robust.port, head, (socket) => setImmediate(() => socket.destroy()))
    await exchange(robust.port, head, (socket) => setImmediate(() => socket.resetAndDestroy()))
    await exchange(robust.port, head, (socket) => socket.end())
    await robust.expectResponsive()
  })
})

describe('a handler that throws', () => {
  test.each([
    [
      'at once',
      () => {
        throw new Error('boom')
      },
    ],
    ['later', () => Promise.reject(new Error('boom'))],
  ])('%s gets a 500 for each request', async (_, handler) => {
    const server = await serve(handler, 0, '127.0.0.1')
    for (let i = 0; i < 2; i++) {
      const response = await fetch(server.url)
      expect([response.status, await response.json()]).toEqual([
        500,
        expect.objectContaining({ detail: 'The mock failed: Error: boom.' }),
      ])
    }
    await server.close()
  })
})

describe('sockets', () => {
  test('a half-open one gets its response', async () => {
    const back = await exchange(robust.port, 'GET /__mock/health HTTP/1.1\r\nhost: mock\r\n\r\n', (socket) =>
      socket.end(),
    )
    expect(back).toMatch(/^HTTP\/1\.1 200 /)
  })

  test('a reset while the response is pending does not affect other requests', async () => {
    const head = `GET ${path(1)} HTTP/1.1\r\nhost: mock\r\nauthorization: ${authorization}\r\nmock-fault: delay=20\r\n\r\n`
    await Promise.all(
      Array.from({ length: 50 }, () =>
        exchange(robust.port, head, (socket) => setImmediate(() => socket.resetAndDestroy())),
      ),
    )
    await robust.expectResponsive()
  })
})

test.each(['gzip', 'GZIP'])('a body in %s is rejected with the accepted encoding', (coding) => {
  const handle = createHandler(createSessions(true))
  const sent = { target: path(1), method: 'GET', body: Buffer.from('x') }
  const { response } = handle({ ...sent, headers: { ...basic('key', 'secret'), 'content-encoding': coding } })
  expect([response.status, response.headers['accept-encoding'], JSON.parse(`${response.body}`)]).toEqual([
    415,
    'identity',
    expect.objectContaining({
      type: 'urn:image-install-queue-mock:unsupported-encoding',
      violations: [{ location: 'body', received: `${coding}, unread`, expected: 'no compression' }],
    }),
  ])
  expect(handle({ ...sent, headers: { 'content-encoding': coding } }).response.status).toBe(401)
})
