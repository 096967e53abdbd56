import { describe, expect, test } from 'vitest'
import { createMock } from '../src/index.ts'
import { ask, path } from './support.ts'

describe('a request to an unknown path or method is rejected', () => {
  test.each([
    '/',
    '/cfp/v1/imageinstall/1',
    '/cfp/v1/imageinstall/1/queue/',
    '/cfp/v1/imageinstall/1/2/queue',
    '/CFP/v1/imageinstall/1/queue',
  ])('%s gets a 404 that lists the routes', async (target) => {
    const response = await ask(target)
    expect(response.status).toBe(404)
    expect(response.json).toMatchObject({
      type: 'urn:image-install-queue-mock:unknown-route',
      routes: ['GET /cfp/v1/imageinstall/{jobid}/queue', 'GET /cfp/v1/imageinstall/status'],
    })
  })

  test.each(['POST', 'OPTIONS', 'PROPFIND'])('%s gets a 405 with Allow', async (method) => {
    const response = await ask(path(1), { method })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, HEAD')
    expect(response.json.type).toBe('urn:image-install-queue-mock:method-not-allowed')
  })

  test('a path with percent-encoded characters is the same path', async () => {
    expect((await ask('/cfp/v1/imageinstall/1001/que%75e?accountserviceid=1&mirroring=true')).status).toBe(200)
    expect((await ask('/cfp/v1/x/../imageinstall/1001/queue?accountserviceid=1&mirroring=true')).status).toBe(200)
  })

  test.each(['//junk', '/', '//key@host:1'])('a path with an additional %s is another path', async (start) => {
    expect((await ask(`${start}${path(1001)}`)).status).toBe(404)
  })

  test('a path that cannot be decoded is rejected', async () => {
    expect((await ask(path('%E0%A4%A'))).status).toBe(422)
    expect((await ask('/cfp/v1/imageinstall/1/%E0%A4%A')).status).toBe(404)
  })
})

describe('HEAD', () => {
  test('gets the response to GET without the body', async () => {
    const [head, get] = [await ask(path(1006), { method: 'HEAD' }), await ask(path(1006))]
    expect(head.text).toBe('')
    expect([head.status, [...head.headers]]).toEqual([get.status, [...get.headers]])
  })
})

describe('browsers', () => {
  const origin = 'https://studio.example'

  test('get a response to a preflight without credentials', async () => {
    const response = await createMock().fetch(`http://mock${path(1)}`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' },
    })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe(origin)
    expect(response.headers.get('access-control-allow-methods')).toBe('GET')
    expect(response.headers.get('access-control-allow-headers')).toBe('authorization')
    expect(response.headers.get('access-control-max-age')).toBe('600')
  })

  test('may send any header if the preflight names none', async () => {
    const headers = { origin, 'access-control-request-method': 'GET' }
    const response = await createMock().fetch(`http://mock${path(1)}`, { method: 'OPTIONS', headers })
    expect(response.headers.get('access-control-allow-headers')).toBe('*')
  })

  test.each([
    ['without an origin', 'OPTIONS', { 'access-control-request-method': 'GET' }, 405],
    ['without a method', 'OPTIONS', { origin }, 405],
    ['to another method', 'GET', { origin, 'access-control-request-method': 'GET' }, 200],
  ])('get no preflight response %s', async (_, method, headers, status) => {
    const response = await ask(path(1), { method, headers })
    expect([response.status, response.headers.get('access-control-max-age')]).toEqual([status, null])
  })

  test('may send credentials and read all headers', async () => {
    const { headers } = await ask(path(1), { headers: { origin } })
    expect(headers.get('access-control-allow-credentials')).toBe('true')
    expect(headers.get('access-control-expose-headers')).toMatch(/^[\w-]+(, [\w-]+)+$/)
  })

  test.each([path(1), path('x'), '/nowhere'])('may read the response to %s', async (target) => {
    const response = await ask(target, { headers: { origin } })
    expect(response.headers.get('access-control-allow-origin')).toBe(origin)
    expect(response.headers.get('access-control-expose-headers')).toContain('content-type')
    expect(response.headers.get('vary')).toBe('origin')
    expect(response.headers.get('access-control-allow-headers')).toBeNull()
  })

  test.each(['html-502', 'rate-limit'])('may read the response of the fault %s', async (fault) => {
    const response = await ask(path(1), { headers: { origin, 'mock-fault': fault } })
    expect(response.status).toBeGreaterThan(400)
    expect(response.headers.get('access-control-allow-origin')).toBe(origin)
  })

  test('requests without an origin get no CORS headers', async () => {
    expect((await ask(path(1))).headers.get('access-control-allow-origin')).toBeNull()
  })
})
