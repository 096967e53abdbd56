import { http } from 'msw'
import { setupServer } from 'msw/node'
import { describe, expect, test } from 'vitest'
import { createMock } from '../src/index.ts'
import { bodyLimit } from '../src/message.ts'
import { ask, basic, path } from './support.ts'

describe('fetch accepts the arguments of the global fetch', () => {
  const headers = basic('key', 'secret')
  test.each([
    ['a URL string', () => [`https://api.example${path(1)}`, { headers }] as const],
    ['a URL', () => [new URL(`https://api.example${path(1)}`), { headers }] as const],
    ['a request', () => [new Request(`https://api.example${path(1)}`, { headers })] as const],
    ['a request and options', () => [new Request(`https://api.example${path(1)}`), { headers }] as const],
  ])('%s', async (_, args) => {
    const [input, init] = args()
    const response = await createMock().fetch(input, init)
    expect(response.status).toBe(200)
    expect(await response.json()).toHaveProperty('versionmirrorid', 91011)
  })

  test('an aborted request rejects with its reason and is not recorded', async () => {
    const mock = createMock()
    const reason = new Error('changed my mind')
    await expect(mock.fetch(`http://mock${path(1)}`, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(mock.requests).toEqual([])
  })

  test('it works when it is called without `this`', async () => {
    const { fetch } = createMock()
    expect((await fetch('http://mock/__mock/health')).status).toBe(200)
  })

  test('it is an MSW handler in one line', async () => {
    const mock = createMock()
    const handler = http.all('https://api.example/*', ({ request }) =>
      mock.fetch(request).catch(() => Response.error()),
    )
    const server = setupServer(handler)
    server.listen()
    try {
      const response = await fetch(`https://api.example${path(2001)}`, { headers })
      expect(await response.json()).toMatchObject({ error_message: 'image locked by diffid: 218595' })
      for (const fault of ['reset', 'truncate'] as const) {
        mock.fail(fault)
        await expect(fetch(`https://api.example${path(1)}`, { headers })).rejects.toThrow('fetch failed')
      }
    } finally {
      server.close()
    }
  })
})

describe('requests', () => {
  test('has neither control requests nor preflights', async () => {
    const mock = createMock()
    for (const target of ['/__mock/health', '/__mock/requests', '/__mock/nothing']) await ask(target, {}, mock)
    await ask(
      path(1),
      { method: 'OPTIONS', headers: { origin: 'http://a', 'access-control-request-method': 'GET' } },
      mock,
    )
    expect(mock.requests).toEqual([])
  })

  test('has the last 1,000 requests, with the start of a long body', async () => {
    const mock = createMock()
    for (let i = 1; i <= 2345; i++) await ask(path(i), {}, mock)
    expect(mock.requests).toHaveLength(1000)
    expect(mock.requests[0]?.url).toBe(path(1346))
    await ask('/nowhere', { method: 'POST', body: 'a'.repeat(20_000) }, mock)
    expect(mock.requests.at(-1)?.body).toBe('a'.repeat(10_000))
    await ask('/nowhere', { method: 'POST', body: 'é'.repeat(20_000) }, mock)
    expect(mock.requests.at(-1)?.body).toBe('é'.repeat(10_000))
  })

  test('is a new list on each read', async () => {
    const mock = createMock()
    const { requests } = mock
    await ask(path(1), {}, mock)
    expect([requests.length, mock.requests.length]).toEqual([0, 1])
  })

  test('has the injected fault and the status before it', async () => {
    const mock = createMock()
    mock.fail('rate-limit')
    expect((await ask(path(1), {}, mock)).status).toBe(429)
    await ask(path(1), {}, mock)
    expect(mock.requests.map(({ fault, status }) => ({ fault, status }))).toEqual([
      { fault: 'rate-limit', status: 200 },
      { fault: undefined, status: 200 },
    ])
  })

  test('has requests whose body was too large, over a port and in process', async () => {
    await using mock = createMock()
    const { url } = await mock.listen()
    const init = { method: 'POST', body: Buffer.alloc(bodyLimit + 1) }
    expect((await fetch(url, init)).status).toBe(413)
    expect((await mock.fetch(url, init)).status).toBe(413)
    const logged = { method: 'POST', url: '/', status: 413 }
    expect(mock.requests).toMatchObject([logged, logged])
    expect(mock.requests[1]).not.toHaveProperty('body')
  })
})

describe('listening', () => {
  test('uses a free port and releases it', async () => {
    const mock = createMock()
    const server = await mock.listen()
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const { port } = new URL(server.url)
    await expect(createMock().listen({ port: Number(port) })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await server.close()
    await expect(fetch(server.url)).rejects.toThrow('fetch failed')
  })

  test('works on IPv6', async () => {
    await using mock = createMock()
    const { url } = await mock.listen({ host: '::1' })
    expect(url).toMatch(/^http:\/\/\[::1\]:\d+$/)
    expect((await fetch(`${url}/__mock/health`)).status).toBe(200)
  })

  test('ends with the scope, also with a request in progress', async () => {
    let hanging: Promise<unknown>
    {
      await using mock = createMock()
      const { url } = await mock.listen()
      mock.fail('hang')
      hanging = fetch(`${url}${path(1)}`, { headers: basic('a', 'b') }).catch((error) => error)
      // Over the same port, so that the first request has arrived when the second gets its response.
      await fetch(`${url}${path(1)}`, { headers: basic('a', 'b') })
    }
    expect(await hanging).toBeInstanceOf(TypeError)
  })

  test('ends with the scope while it starts to listen', async () => {
    const mock = createMock()
    const listening = mock.listen()
    await mock[Symbol.asyncDispose]()
    await expect(fetch((await listening).url)).rejects.toThrow('fetch failed')
  })

  test('is separate for each mock', async () => {
    const [one, two] = [createMock(), createMock()]
    one.fail('html-502')
    expect((await ask(path(1), {}, two)).status).toBe(200)
    expect(one.requests).toEqual([])
    expect(two.requests).toHaveLength(1)
  })
})
