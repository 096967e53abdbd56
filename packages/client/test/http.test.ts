import { describe, expect, test, vi } from 'vitest'
import { clientOf, jsonResponse, keys, mirrorJob } from './support/calls.ts'
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
    await expect(http.GET(path, { params })).rejects.toMatchObject({ name: 'ConfigurationError', operation: 'http' })
    expect(fetch).not.toHaveBeenCalled()
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
