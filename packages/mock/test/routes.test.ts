import { describe, expect, test } from 'vitest'
import { createMock } from '../src/index.ts'
import { ask, path } from './support.ts'

describe('what is not in the contract is refused by the mock', () => {
  test.each([
    '/',
    '/cfp/v1/imageinstall/1',
    '/cfp/v1/imageinstall/1/queue/',
    '/cfp/v1/imageinstall/1/2/queue',
    '/CFP/v1/imageinstall/1/queue',
  ])('%s gets a 404 that lists the routes', async (target) => {
    const answer = await ask(target)
    expect(answer.status).toBe(404)
    expect(answer.json).toMatchObject({
      type: 'urn:image-install-queue-mock:unknown-route',
      routes: ['GET /cfp/v1/imageinstall/{jobid}/queue', 'GET /cfp/v1/imageinstall/status'],
    })
  })

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'])('%s gets a 405 with Allow', async (method) => {
    const answer = await ask(path(1), { method })
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('GET, HEAD')
    expect(answer.json.type).toBe('urn:image-install-queue-mock:method-not-allowed')
  })

  test('an encoded path is the same path', async () => {
    expect((await ask('/cfp/v1/imageinstall/1001/que%75e?accountserviceid=1&mirroring=true')).status).toBe(200)
    expect((await ask('/cfp/v1/x/../imageinstall/1001/queue?accountserviceid=1&mirroring=true')).status).toBe(200)
  })

  test.each(['//junk', '/', '//key@host:1'])('a path that starts with %s too many is another path', async (start) => {
    expect((await ask(`${start}${path(1001)}`)).status).toBe(404)
  })

  test('a path that cannot be decoded is refused', async () => {
    expect((await ask(path('%E0%A4%A'))).status).toBe(422)
    expect((await ask('/cfp/v1/imageinstall/1/%E0%A4%A')).status).toBe(404)
  })
})

describe('HEAD', () => {
  test('answers as GET does, without the body', async () => {
    const [head, get] = [await ask(path(1006), { method: 'HEAD' }), await ask(path(1006))]
    expect(head.text).toBe('')
    expect([head.status, [...head.headers]]).toEqual([get.status, [...get.headers]])
  })
})

describe('browsers', () => {
  const origin = 'https://studio.example'

  test('get their preflight answered, without credentials', async () => {
    const answer = await createMock().fetch(`http://mock${path(1)}`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' },
    })
    expect(answer.status).toBe(204)
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin)
    expect(answer.headers.get('access-control-allow-methods')).toBe('GET')
    expect(answer.headers.get('access-control-allow-headers')).toBe('authorization')
    expect(answer.headers.get('access-control-max-age')).toBe('600')
  })

  test('may send any header, where the preflight names none', async () => {
    const headers = { origin, 'access-control-request-method': 'GET' }
    const answer = await createMock().fetch(`http://mock${path(1)}`, { method: 'OPTIONS', headers })
    expect(answer.headers.get('access-control-allow-headers')).toBe('*')
  })

  test.each([
    ['of no page', 'OPTIONS', { 'access-control-request-method': 'GET' }, 405],
    ['for no method', 'OPTIONS', { origin }, 405],
    ['by another method', 'GET', { origin, 'access-control-request-method': 'GET' }, 200],
  ])('get no preflight answered %s', async (_, method, headers, status) => {
    const answer = await ask(path(1), { method, headers })
    expect([answer.status, answer.headers.get('access-control-max-age')]).toEqual([status, null])
  })

  test('may send credentials, and read all headers by their names', async () => {
    const { headers } = await ask(path(1), { headers: { origin } })
    expect(headers.get('access-control-allow-credentials')).toBe('true')
    expect(headers.get('access-control-expose-headers')).toMatch(/^[\w-]+(, [\w-]+)+$/)
  })

  test.each([path(1), path('x'), '/nowhere'])('may read the answer to %s', async (target) => {
    const answer = await ask(target, { headers: { origin } })
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin)
    expect(answer.headers.get('access-control-expose-headers')).toContain('content-type')
    expect(answer.headers.get('vary')).toBe('origin')
    expect(answer.headers.get('access-control-allow-headers')).toBeNull()
  })

  test.each(['html-502', 'rate-limit'])('may read the answer of the fault %s', async (fault) => {
    const answer = await ask(path(1), { headers: { origin, 'mock-fault': fault } })
    expect(answer.status).toBeGreaterThan(400)
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin)
  })

  test('nobody else gets these headers', async () => {
    expect((await ask(path(1))).headers.get('access-control-allow-origin')).toBeNull()
  })
})
