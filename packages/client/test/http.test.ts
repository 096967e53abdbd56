import { describe, expect, test, vi } from 'vitest'
import type { ClientOptions } from '../src/index.ts'
import { clientOf, jsonResponse, keys, mirrorJob, recorder } from './support/calls.ts'
import { serverReturning } from './support/servers.ts'

const path = '/cfp/v1/imageinstall/{jobid}/queue'
const params = { path: { jobid: 9 }, query: { accountserviceid: 5678, mirroring: true } }

describe('client.http', () => {
  test('is openapi-fetch with the client’s credentials and real requests', async () => {
    const { url, requests } = await serverReturning(JSON.stringify(mirrorJob), 200, {
      'content-type': 'application/json',
    })
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

  test('accepts a new Request from middleware, without showing it the credentials', async () => {
    const { fetch, requests } = recorder()
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
    const [sent] = requests
    expect(sent?.url).toBe('http://127.0.0.1/cfp/v1/imageinstall/9/queue?accountserviceid=5678&mirroring=true')
    expect(seen).toEqual([null])
    expect([sent?.headers.get('x-changed'), sent?.headers.get('authorization')?.slice(0, 6)]).toEqual(['1', 'Basic '])
    expect(sent?.init).toMatchObject({ redirect: 'manual', cache: 'no-store' })
  })

  test('shows middleware no credentials with the response or the failure', async () => {
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

  test('sends no credentials to an insecure host that middleware redirects to', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>()
    const { http } = clientOf('http://127.0.0.1', { fetch })
    http.use({ onRequest: () => new Request('http://elsewhere.example/') })
    await expect(http.GET(path, { params })).rejects.toMatchObject({
      name: 'ConfigurationError',
      operation: 'http',
      message: expect.stringContaining('credentials must not be sent to elsewhere.example over plain HTTP'),
    })
    expect(fetch).not.toHaveBeenCalled()
  })

  test('calls functions for credentials, and sends nothing if credentials are invalid', async () => {
    const { fetch, requests } = recorder()
    const httpWith = (options: ClientOptions) => clientOf('http://127.0.0.1', { fetch, ...options }).http
    await httpWith({ accessKey: () => 'key', secretKey: async () => 'word' }).GET(path, { params })
    for (const secretKey of ['', () => '']) {
      const call = httpWith({ secretKey }).GET(path, { params })
      await expect(call).rejects.toMatchObject({ name: 'ConfigurationError', operation: 'http' })
    }
    expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual([`Basic ${btoa('key:word')}`])
  })

  test('sends the body and the signal of a direct call', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => new Response(null, { status: 204 }))
    const { http } = clientOf('http://127.0.0.1', { fetch })
    const untyped = http as unknown as { request(method: string, path: string, init: object): Promise<unknown> }
    const controller = new AbortController()
    await untyped.request('POST', '/any', { body: { a: 1 }, signal: controller.signal })
    controller.abort()
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({ method: 'POST', body: '{"a":1}', signal: { aborted: true } })
  })

  test('returns the error of a stream as an error', async () => {
    const { http } = clientOf('http://127.0.0.1', { fetch: async () => new Response('no', { status: 404 }) })
    expect(await http.GET(path, { params, parseAs: 'stream' })).toMatchObject({ error: 'no' })
  })

  test('returns errors as they are', async () => {
    const { url } = await serverReturning('{"success":false,"error":true}', 404)
    const { error, response } = await clientOf(url).http.GET(path, { params })
    expect(error).toEqual({ success: false, error: true })
    expect(response.status).toBe(404)
  })

  test('throws at once if the base URL is wrong', () => {
    const client = clientOf('nowhere')
    expect(() => client.http).toThrow(/`baseUrl` .* must be an HTTP or HTTPS URL/)
  })
})

describe('middleware on client.http', () => {
  const queue = (client: ReturnType<typeof clientOf>) => client.queueImageInstall({ jobid: 9, mirroring: true })

  test('receives the requests of the methods without credentials, which are sent anyway', async () => {
    const { url, requests } = await serverReturning(JSON.stringify(mirrorJob))
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

  test('can return a response itself, and then nothing is sent', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>()
    const client = clientOf('http://127.0.0.1', { fetch })
    client.http.use({ onRequest: () => jsonResponse(mirrorJob) })
    expect(await queue(client)).toEqual(mirrorJob)
    expect(fetch).not.toHaveBeenCalled()
  })

  test('can return an error itself, whose body is then not available', async () => {
    const client = clientOf('http://127.0.0.1', { fetch: vi.fn() })
    client.http.use({ onRequest: () => jsonResponse({ success: false, error: true }, { status: 404 }) })
    await expect(queue(client)).rejects.toMatchObject({ name: 'HttpError', status: 404, body: '' })
  })

  test('works after globals were replaced, with a fetch that accepts no Request', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => jsonResponse(mirrorJob))
    const client = clientOf('http://127.0.0.1', { fetch })
    await queue(client)
    vi.stubGlobal('Request', class extends Request {})
    client.http.use({ onRequest: ({ request }) => new Request(request) })
    expect(await queue(client)).toEqual(mirrorJob)
    vi.unstubAllGlobals()
    expect(fetch.mock.calls.map(([url]) => typeof url)).toEqual(['string', 'string'])
  })

  test('that is still running when the call is aborted causes no request afterwards', async () => {
    const { fetch, requests } = recorder()
    const client = clientOf('http://127.0.0.1', { fetch })
    const controller = new AbortController()
    client.http.use({ onRequest: async () => controller.abort() })
    const call = client.queueImageInstall({ jobid: 9, mirroring: true }, { signal: controller.signal })
    await expect(call).rejects.toMatchObject({ name: 'NotSentError', code: 'aborted' })
    await new Promise((resolve) => setImmediate(resolve))
    expect(requests).toEqual([])
  })

  test('can replace the response of a method', async () => {
    const client = clientOf('http://127.0.0.1', { fetch: async () => new Response('', { status: 500 }) })
    client.http.use({ onResponse: () => jsonResponse(mirrorJob) })
    expect(await queue(client)).toEqual(mirrorJob)
  })

  test('cannot redirect the credentials of a method to an insecure host', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>()
    const client = clientOf('http://127.0.0.1', { fetch })
    client.http.use({ onRequest: () => new Request('http://elsewhere.example/') })
    await expect(queue(client)).rejects.toMatchObject({ name: 'ConfigurationError', operation: 'queueImageInstall' })
    expect(fetch).not.toHaveBeenCalled()
  })

  test('receives no requests after it was ejected', async () => {
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
