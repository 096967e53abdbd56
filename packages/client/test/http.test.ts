import { describe, expect, test, vi } from 'vitest'
import { makeClient } from '../src/client.ts'
import { clientOf, jsonResponse, keys, mirrorJob } from './support/calls.ts'
import { contractOf } from './support/one-operation.ts'
import { answering } from './support/servers.ts'

const path = '/cfp/v1/imageinstall/{jobid}/queue'
const params = { path: { jobid: 9 }, query: { accountserviceid: 5678, mirroring: true } }

describe('client.http', () => {
  test('is openapi-fetch with the client’s credentials and real requests', async () => {
    const { url, requests } = await answering(JSON.stringify(mirrorJob), 200, { 'content-type': 'application/json' })
    const { http } = clientOf(url)
    const { data, response } = await http.GET(path, { params })
    expect(data).toEqual(mirrorJob)
    expect(response.status).toBe(200)
    expect(requests[0]?.url).toBe('/cfp/v1/imageinstall/9/queue?accountserviceid=5678&mirroring=true')
    expect(requests[0]?.headers.authorization).toBe(`Basic ${btoa(`${keys.accessKey}:${keys.secretKey}`)}`)
  })

  test('is the same each time', () => {
    const client = clientOf('http://127.0.0.1')
    expect(client.http).toBe(client.http)
  })

  test('lets middleware return a new Request, which does not see the credentials', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => jsonResponse(mirrorJob))
    const { http } = clientOf('http://127.0.0.1', { fetch })
    const seen: (string | null)[] = []
    http.use({
      onRequest({ request }) {
        seen.push(request.headers.get('authorization'))
        const changed = new Request(request, { redirect: 'follow' })
        changed.headers.set('x-changed', '1')
        return changed
      },
    })
    await http.GET(path, { params })
    const [request, init] = fetch.mock.calls[0] ?? []
    expect(request).toBeInstanceOf(Request)
    const headers = request instanceof Request ? request.headers : new Headers()
    expect([seen, headers.get('x-changed'), headers.get('authorization')?.slice(0, 6)]).toEqual([[null], '1', 'Basic '])
    expect(init).toMatchObject({ redirect: 'manual', cache: 'no-store' })
  })

  test('shows middleware no credentials beside the answer or the failure either', async () => {
    const outcomes = [async () => jsonResponse(mirrorJob), () => Promise.reject(new TypeError('fetch failed'))]
    const fetch = vi.fn(() => outcomes.shift()?.() ?? Promise.reject(new Error('too many')))
    const { http } = clientOf('http://127.0.0.1', { fetch })
    const seen: (string | null)[] = []
    const look = ({ request }: { request: Request }) => {
      seen.push(request.headers.get('authorization'))
    }
    http.use({ onResponse: look, onError: look })
    await http.GET(path, { params })
    await expect(http.GET(path, { params })).rejects.toThrow('fetch failed')
    expect(seen).toEqual([null, null])
  })

  test('does not carry credentials where middleware should not have led them', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>()
    const { http } = clientOf('http://127.0.0.1', { fetch })
    http.use({ onRequest: () => new Request('http://elsewhere.example/') })
    await expect(http.GET(path, { params })).rejects.toMatchObject({
      name: 'ConfigurationError',
      operation: 'http',
      message: expect.stringContaining('credentials are not sent to elsewhere.example over http'),
    })
    expect(fetch).not.toHaveBeenCalled()
  })

  test('asks functions for credentials, and sends nothing where what they or the options give is wrong', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => jsonResponse(mirrorJob))
    const supplied = clientOf('http://127.0.0.1', { fetch, accessKey: () => 'key', secretKey: async () => 'word' })
    await supplied.http.GET(path, { params })
    const [request] = fetch.mock.calls[0] ?? []
    expect(request instanceof Request && request.headers.get('authorization')).toBe(`Basic ${btoa('key:word')}`)
    for (const secretKey of ['', () => '']) {
      const { http } = clientOf('http://127.0.0.1', { fetch, secretKey })
      await expect(http.GET(path, { params })).rejects.toMatchObject({ name: 'ConfigurationError', operation: 'http' })
    }
    expect(fetch).toHaveBeenCalledOnce()
  })

  test('sends no credentials where the contract has none', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => new Response(null, { status: 204 }))
    const client = makeClient(contractOf({}), { fetch })
    client.http.use({ onRequest: ({ request }) => new Request(request) })
    await client.call?.({})
    const [request] = fetch.mock.calls[0] ?? []
    expect(request instanceof Request && request.headers.has('authorization')).toBe(false)
  })

  test('hands errors on as they are', async () => {
    const { url } = await answering('{"success":false,"error":true}', 404)
    const { error, response } = await clientOf(url).http.GET(path, { params })
    expect(error).toEqual({ success: false, error: true })
    expect(response.status).toBe(404)
  })

  test('says at once that a base URL is wrong', () => {
    const client = clientOf('nowhere')
    expect(() => client.http).toThrow(/`baseUrl` .* must be an http or https address/)
  })
})

describe('middleware on client.http', () => {
  const queue = (client: ReturnType<typeof clientOf>) => client.queueImageInstall({ jobid: 9, mirroring: true })

  test('sees the requests of the methods without credentials, which are sent all the same', async () => {
    const { url, requests } = await answering(JSON.stringify(mirrorJob))
    const client = clientOf(url)
    const seen: unknown[] = []
    client.http.use({
      onRequest({ request, schemaPath }) {
        seen.push([schemaPath, request.headers.get('authorization')])
        request.headers.set('x-seen', '1')
        return request
      },
      onResponse({ request, response }) {
        seen.push([response.status, request.headers.get('authorization')])
      },
    })
    expect(await queue(client)).toEqual(mirrorJob)
    expect(seen).toEqual([
      [path, null],
      [200, null],
    ])
    expect(requests.map(({ headers }) => [headers['x-seen'], headers.authorization?.slice(0, 6)])).toEqual([
      ['1', 'Basic '],
    ])
  })

  test('can answer a method by itself, and then nothing is sent', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>()
    const client = clientOf('http://127.0.0.1', { fetch })
    client.http.use({ onRequest: () => jsonResponse(mirrorJob) })
    expect(await queue(client)).toEqual(mirrorJob)
    expect(fetch).not.toHaveBeenCalled()
  })

  test('can change the answer of a method', async () => {
    const client = clientOf('http://127.0.0.1', { fetch: async () => new Response('', { status: 500 }) })
    client.http.use({ onResponse: () => jsonResponse(mirrorJob) })
    expect(await queue(client)).toEqual(mirrorJob)
  })

  test('does not make an endless answer of a method be read to its end', async () => {
    let pulled = 0
    const body = new ReadableStream({
      pull(controller) {
        pulled++
        controller.enqueue(new Uint8Array(16 * 1024))
      },
    })
    const client = clientOf('http://127.0.0.1', { fetch: async () => new Response(body, { status: 500 }) })
    client.http.use({ onRequest: () => undefined })
    await expect(queue(client)).rejects.toMatchObject({ name: 'HttpError', status: 500 })
    expect(pulled).toBeLessThan(10)
  })

  test('cannot lead the credentials of a method to another host', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>()
    const client = clientOf('http://127.0.0.1', { fetch })
    client.http.use({ onRequest: () => new Request('http://elsewhere.example/') })
    await expect(queue(client)).rejects.toMatchObject({ name: 'ConfigurationError', operation: 'queueImageInstall' })
    expect(fetch).not.toHaveBeenCalled()
  })

  test('sees no method any more once it is ejected, and one that was never there may be ejected', async () => {
    const client = clientOf('http://127.0.0.1', { fetch: async () => jsonResponse(mirrorJob) })
    const onRequest = vi.fn()
    const middleware = { onRequest }
    client.http.use(middleware)
    await queue(client)
    client.http.eject({ onRequest: vi.fn() })
    await queue(client)
    expect(onRequest).toHaveBeenCalledTimes(2)
    client.http.eject(middleware)
    await queue(client)
    await client.http.GET(path, { params })
    expect(onRequest).toHaveBeenCalledTimes(2)
  })
})
