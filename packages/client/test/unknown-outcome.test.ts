import { describe, expect, test } from 'vitest'
import { failureOf, mirrorJob, queueFrom, queueThrough } from './support/calls.ts'
import { listen, serve } from './support/servers.ts'

const unknown = { name: 'UnknownOutcomeError', outcome: 'unknown', operation: 'queueImageInstall' }
const advice = /The request may have been processed\. Check with `listImageInstalls` before retrying\. See https:\/\//

describe('a request whose outcome is unknown', () => {
  test('because the connection is reset before a response', async () => {
    const { url } = await listen((socket) => socket.resetAndDestroy())
    const error = await failureOf(queueFrom(url))
    expect(error).toMatchObject({ ...unknown, code: 'connection_lost' })
    expect(error.message).toMatch(advice)
    expect(error.cause).toBeInstanceOf(Error)
  })

  test('because the connection is reset during the body', async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"versionmirrorid":', () => response.destroy())
    })
    expect(await failureOf(queueFrom(url))).toMatchObject({ ...unknown, code: 'connection_lost' })
  })

  test('because a response body fails in a way that would otherwise prove that nothing was sent', async () => {
    const body = new ReadableStream({
      start: (controller) => controller.error(Object.assign(new Error('odd'), { syscall: 'connect' })),
    })
    const error = await failureOf(queueThrough(async () => new Response(body)))
    expect(error).toMatchObject({ ...unknown, code: 'connection_lost' })
  })

  test('because the time ends while connecting', async () => {
    const fetch: typeof globalThis.fetch = (_input, init) =>
      new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))))
    const error = await failureOf(queueThrough(fetch, { timeoutMs: 5 }))
    expect(error).toMatchObject({ ...unknown, code: 'timeout' })
    expect(error.message).toMatch(
      /^queueImageInstall: no complete response to GET http:\/\/127\.0\.0\.1\/cfp\/\S+ \(timed out\)\. The request may/,
    )
    expect(error).not.toHaveProperty('cause')
  })

  test('because the headers do not arrive in time', async () => {
    const { url } = await listen(() => {})
    expect(await failureOf(queueFrom(url, { timeoutMs: 50 }))).toMatchObject({ ...unknown, code: 'timeout' })
  })

  test('because the body never ends although data arrives all the time', async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write(' '), 1)
      response.on('close', () => clearInterval(timer))
    })
    expect(await failureOf(queueFrom(url, { timeoutMs: 50 }))).toMatchObject({ ...unknown, code: 'timeout' })
  })

  test('because the caller aborts after sending', async () => {
    const controller = new AbortController()
    const reason = { why: 'the deploy was cancelled' }
    const { url } = await listen(() => controller.abort(reason))
    const error = await failureOf(queueFrom(url, {}, { signal: controller.signal }))
    expect(error).toMatchObject({ ...unknown, code: 'aborted' })
    expect(error.cause).toBe(reason)
    expect(error.message).toMatch(/no complete response to GET \S+ \(aborted\)\. The request may/)
  })

  test('because the caller aborts during the body', async () => {
    const controller = new AbortController()
    const { url } = await serve((_request, response) => {
      response.writeHead(200).write('{', () => setImmediate(() => controller.abort('enough')))
    })
    const call = queueFrom(url, {}, { signal: controller.signal })
    expect(await failureOf(call)).toMatchObject({ ...unknown, code: 'aborted', cause: 'enough' })
  })

  test.each([[undefined], [null], ['ok'], [{}]])('because fetch returns no Response, but %j', async (returned) => {
    for (const fetch of [async () => returned as Response, () => returned as unknown as Promise<Response>]) {
      const error = await failureOf(queueThrough(fetch))
      expect(error).toMatchObject({ ...unknown, code: 'connection_lost' })
      expect(error.message).toContain('`fetch` returned no Response')
    }
  })
})

describe('the timeout', () => {
  test('of the call takes precedence over that of the client', async () => {
    const call = queueThrough(() => new Promise(() => {}), { timeoutMs: 60_000 }, { timeoutMs: 5 })
    expect(await failureOf(call)).toHaveProperty('code', 'timeout')
  })

  test('of 2 ** 31 - 1 ms is accepted', async () => {
    const job = await queueThrough(async () => Response.json(mirrorJob), { timeoutMs: 2 ** 31 - 1 })
    expect(job).toEqual(mirrorJob)
  })
})
