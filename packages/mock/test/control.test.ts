import { describe, expect, test } from 'vitest'
import { createMock, type Mock, specSha256, specVersion } from '../src/index.ts'
import { ask, basic, path } from './support.ts'

const list = '/cfp/v1/imageinstall/status?accountserviceid=7001'
const inSession = (name: string, init: RequestInit = {}) => ({
  ...init,
  headers: { ...Object.fromEntries(new Headers(init.headers)), 'mock-session': name },
})
const send = (method: string, value?: unknown): RequestInit => ({
  method,
  ...(value !== undefined && { body: typeof value === 'string' ? value : JSON.stringify(value) }),
})

describe('GET /__mock/health', () => {
  test('returns the process, its start and the contract', async () => {
    const { json } = await ask('/__mock/health')
    expect(json).toEqual({ status: 'ok', pid: process.pid, startedAt: json.startedAt, specVersion, specSha256 })
    expect(new Date(json.startedAt).toISOString()).toBe(json.startedAt)
    expect(await ask('/__mock/health', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' })
  })
})

describe('control paths and methods', () => {
  test.each(['/__mock', '/__mock/', '/__mock/health/', '/__mock/request', '/__mock/toString'])(
    '%s gets a 404 that lists the control paths',
    async (target) => {
      const { status, json } = await ask(target)
      expect([status, json.type]).toEqual([404, 'urn:image-install-queue-mock:unknown-control-path'])
      expect(json.paths).toEqual([
        'GET /__mock/health',
        'GET /__mock/scenarios',
        'POST /__mock/reset',
        'GET, DELETE /__mock/requests',
        'GET, POST, DELETE /__mock/faults',
      ])
    },
  )

  test.each([
    ['GET', '/__mock/reset', 'POST'],
    ['POST', '/__mock/health', 'GET, HEAD'],
    ['PUT', '/__mock/faults', 'GET, HEAD, POST, DELETE'],
  ])('%s %s gets a 405 that names the right method', async (method, target, allow) => {
    const { status, json, headers } = await ask(target, { method })
    expect([status, headers.get('allow')]).toEqual([405, allow])
    expect(json.detail).toBe(`${target} has ${allow}, not ${method}.`)
  })

  test('control requests with a body that is too large are not logged', async () => {
    const mock = createMock()
    const body = 'x'.repeat(10 * 1024 * 1024 + 1)
    const posted = await ask('/__mock/faults', send('POST', body), mock)
    expect([posted.status, posted.json.type]).toEqual([413, 'urn:image-install-queue-mock:body-too-large'])
    expect((await ask('/__mock/reset', send('POST', body), mock)).status).toBe(200)
    expect(mock.requests).toEqual([])
  })
})

describe('/__mock/requests', () => {
  test('lists what was requested and what was returned', async () => {
    const mock = createMock()
    await ask(path(1003), {}, mock)
    await ask(path('x', 'accountserviceid=1'), { headers: { 'mock-fault': 'reset' } }, mock)
    await ask('/nowhere', { method: 'POST', body: 'hello' }, mock)
    const { json } = await ask('/__mock/requests', {}, mock)
    expect(json).toMatchObject([
      {
        method: 'GET',
        url: path(1003),
        path: '/cfp/v1/imageinstall/1003/queue',
        operationId: 'queueImageInstall',
        parameters: { jobid: 1003, accountserviceid: 5678, mirroring: true },
        scenario: 'mirrorQueued',
        status: 200,
      },
      { operationId: 'queueImageInstall', parameters: { jobid: 'x', accountserviceid: 1 }, status: 422 },
      { method: 'POST', path: '/nowhere', body: 'hello', status: 404 },
    ])
    expect(json).toEqual(mock.requests)
    expect(new Date(json[0].time).toISOString()).toBe(json[0].time)
    expect(json[0]).not.toHaveProperty('body')
    expect(json[1]).not.toHaveProperty('scenario')
    expect(json[2]).not.toHaveProperty('operationId')
    expect(json[2]).not.toHaveProperty('parameters')
  })

  test('filters by operation', async () => {
    const mock = createMock()
    await ask(path(1), {}, mock)
    await ask(list, {}, mock)
    await ask('/nowhere', {}, mock)
    const { json } = await ask('/__mock/requests?operationId=listImageInstalls', {}, mock)
    expect(json.map(({ url }: { url: string }) => url)).toEqual([list])
  })

  test.each([
    [
      'operationId=queueImageInstal',
      '"queueImageInstal" is not an operation. Known operations: queueImageInstall, listImageInstalls.',
    ],
    ['operationid=queueImageInstall', 'Unknown query parameter operationid. The only supported one is operationId.'],
  ])('rejects the filter %s, which would match nothing or everything', async (query, detail) => {
    const { status, json } = await ask(`/__mock/requests?${query}`)
    expect([status, json.type, json.detail]).toEqual([
      400,
      'urn:image-install-queue-mock:invalid-control-request',
      detail,
    ])
  })

  test('is cleared by DELETE, which keeps faults and sequences', async () => {
    const mock = createMock()
    await ask(list, {}, mock)
    mock.fail('html-502')
    expect((await ask('/__mock/requests', send('DELETE'), mock)).status).toBe(204)
    expect((await ask('/__mock/requests', {}, mock)).json).toEqual([])
    expect((await ask('/__mock/faults', {}, mock)).json).toHaveLength(1)
    mock.reset()
  })

  test('contains no secret, wherever a request repeats it', async () => {
    const mock = createMock()
    const query = 'accountserviceid=1&mirroring=true&api_key=hidden-1&again=hidden-2&plain=shown'
    const headers = {
      ...basic('user', 'hidden-2'),
      'x-api-key': 'hidden-3',
      'x-note': 'my hidden-2',
      cookie: 'hidden-4=1',
    }
    await ask(path(1, query), { headers }, mock)
    await ask('/nowhere', { method: 'POST', body: 'password=hidden-2', headers }, mock)
    const { text, json } = await ask('/__mock/requests', {}, mock)
    expect(text).not.toContain('hidden-')
    expect(json[0].url).toBe(
      path(1, 'accountserviceid=1&mirroring=true&api_key=[redacted]&again=[redacted]&plain=shown'),
    )
    expect(json[0].headers).toMatchObject({
      authorization: '[redacted]',
      cookie: '[redacted]',
      'x-api-key': '[redacted]',
      'x-note': 'my [redacted]',
    })
    expect(json[1].body).toBe('password=[redacted]')
  })
})

describe('/__mock/faults', () => {
  test('injects a fault as often as requested, and lists what is pending', async () => {
    const mock = createMock()
    const posted = await ask('/__mock/faults', send('POST', { fault: 'rate-limit; retry-after=2', times: 2 }), mock)
    expect([posted.status, posted.json]).toEqual([201, [{ fault: 'rate-limit; retry-after=2', times: 2 }]])
    const statuses: number[] = []
    for (let i = 0; i < 3; i++) statuses.push((await ask(path(1), {}, mock)).status)
    expect(statuses).toEqual([429, 429, 200])
    expect((await ask('/__mock/faults', {}, mock)).json).toEqual([])
  })

  test('injects once by default, and without end if times is unlimited', async () => {
    const mock = createMock()
    await ask('/__mock/faults', send('POST', { fault: 'rate-limit' }), mock)
    await ask('/__mock/faults', send('POST', { fault: 'html-502', times: 'unlimited' }), mock)
    expect((await ask('/__mock/faults', {}, mock)).json).toEqual([
      { fault: 'rate-limit', times: 1 },
      { fault: 'html-502', times: 'unlimited' },
    ])
    const statuses: number[] = []
    for (let i = 0; i < 4; i++) statuses.push((await ask(path(1), {}, mock)).status)
    expect(statuses).toEqual([429, 502, 502, 502])
    expect((await ask('/__mock/faults', send('DELETE'), mock)).status).toBe(204)
    expect((await ask(path(1), {}, mock)).status).toBe(200)
  })

  test('affects one operation only if it names one', async () => {
    const mock = createMock()
    await ask('/__mock/faults', send('POST', { fault: 'html-502', operationId: 'queueImageInstall' }), mock)
    expect((await ask(list, {}, mock)).status).toBe(200)
    expect((await ask(path(1), {}, mock)).status).toBe(502)
    mock.fail('rate-limit', 1, 'listImageInstalls')
    expect((await ask(path(1), {}, mock)).status).toBe(200)
    expect((await ask(list, {}, mock)).status).toBe(429)
  })

  test.each([
    [{ fault: 'explode' }, 'unknown-fault', '"explode" is not a fault. Known faults: delay=MILLISECONDS, reset'],
    [{}, 'unknown-fault', 'undefined is not a fault'],
    [
      { fault: 'reset', times: 0 },
      'invalid-control-request',
      '`times` is 0: it must be an integer of at least 1, or unlimited. Send JSON such as',
    ],
    [{ fault: 'reset', times: '2' }, 'invalid-control-request', "`times` is '2': it must be"],
    [{ fault: 'reset', operationId: 'queue' }, 'invalid-control-request', '"queue" is not an operation'],
    [{ fault: 'reset', operationId: 5 }, 'invalid-control-request', '"5" is not an operation'],
    [{ fault: 'reset', time: 2 }, 'invalid-control-request', 'Unknown field time. Send JSON such as'],
    [['reset'], 'invalid-control-request', 'The body is not an object. Send JSON such as'],
    ['null', 'invalid-control-request', 'The body is not an object. Send JSON such as'],
    ['reset', 'invalid-control-request', 'The body is not JSON ('],
    [undefined, 'invalid-control-request', 'The body is not JSON (Unexpected end of JSON input). Send JSON such as'],
  ])('rejects %j', async (body, problem, detail) => {
    const mock = createMock()
    const { status, json } = await ask('/__mock/faults', send('POST', body), mock)
    expect([status, json.type]).toEqual([400, `urn:image-install-queue-mock:${problem}`])
    expect(json.detail).toContain(detail)
    expect((await ask('/__mock/faults', {}, mock)).json).toEqual([])
  })
})

describe('POST /__mock/reset', () => {
  test('clears requests and faults, and restarts sequences', async () => {
    const mock = createMock()
    const first = (await ask(list, {}, mock)).text
    mock.fail('reset')
    const { status, json } = await ask('/__mock/reset', send('POST'), mock)
    expect([status, json]).toEqual([200, { status: 'reset' }])
    expect(mock.requests).toEqual([])
    expect((await ask(list, {}, mock)).text).toBe(first)
  })
})

describe('GET /__mock/scenarios', () => {
  test('lists each scenario with the values that select it and the steps that follow', async () => {
    const [queue, listed] = (await ask('/__mock/scenarios')).json
    expect(queue).toMatchObject({ operationId: 'queueImageInstall', method: 'GET', otherwise: 'mirrorJob' })
    expect(queue.scenarios).toContainEqual({
      name: 'machineFailed',
      status: 200,
      summary: 'Machine job in state 6, Failed',
      when: { jobid: 1006, mirroring: false },
    })
    expect(listed.scenarios.find(({ name }: { name: string }) => name === 'failingPending')).toMatchObject({
      when: { accountserviceid: 7002 },
      afterwards: ['failingQueued', 'failingRunning', 'failingFailed'],
    })
  })
})

describe('the header Mock-Session', () => {
  const state = async (mock: Mock, init: RequestInit) => {
    const { json } = await ask(list, init, mock)
    return json?.installs?.[0]?.jobstatename
  }

  test('separates request log, faults and sequences', async () => {
    const mock = createMock()
    const [a, b] = [inSession('a'), inSession('b')]
    await ask('/__mock/faults', inSession('a', send('POST', { fault: 'html-502' })), mock)
    expect(await state(mock, b)).toBe('Pending')
    expect(await state(mock, b)).toBe('Queued')
    expect(await state(mock, {})).toBe('Pending')
    expect((await ask(list, a, mock)).status).toBe(502)
    const urls = async (init: RequestInit) => (await ask('/__mock/requests', init, mock)).json.length
    expect([await urls(a), await urls(b), await urls({}), mock.requests.length]).toEqual([1, 2, 1, 1])
  })

  test('limits reset and DELETE to the session', async () => {
    const mock = createMock()
    const [a, b] = [inSession('a'), inSession('b')]
    for (const init of [a, b, {}]) await ask(list, init, mock)
    await ask('/__mock/reset', inSession('a', send('POST')), mock)
    await ask('/__mock/requests', inSession('b', send('DELETE')), mock)
    expect(await state(mock, a)).toBe('Pending')
    expect(await state(mock, b)).toBe('Queued')
    expect(mock.requests).toHaveLength(1)
    mock.reset()
    expect(await state(mock, b)).toBe('Running')
  })

  test('keeps the 100 sessions used last', async () => {
    const mock = createMock()
    await state(mock, inSession('0'))
    for (let i = 1; i < 100; i++) await state(mock, inSession(`${i}`))
    expect(await state(mock, inSession('0'))).toBe('Queued')
    await state(mock, inSession('another'))
    expect(await state(mock, inSession('0'))).toBe('Running')
    expect(await state(mock, inSession('1'))).toBe('Pending')
  })

  test('keeps 10,000 requests of all sessions together', async () => {
    const mock = createMock()
    const count = async (name: string) => (await ask('/__mock/requests', inSession(name), mock)).json.length
    for (let i = 0; i < 10; i++) {
      for (let j = 0; j < 1000; j++) await ask('/', inSession(`${i}`), mock)
    }
    await ask('/', inSession('another'), mock)
    await ask('/', inSession('another'), mock)
    expect([await count('another'), await count('1'), await count('0')]).toEqual([2, 1000, 0])
  })
})

describe('access to the request log and the faults', () => {
  const restricted = ['/__mock/requests', '/__mock/faults']

  test.each(restricted)('%s sends no CORS headers and has no preflight', async (target) => {
    const origin = 'http://localhost:4010'
    const { status, headers } = await ask(target, { headers: { origin, host: 'localhost:4010' } })
    expect([status, headers.get('access-control-allow-origin')]).toEqual([200, null])
    const preflight = { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'GET' } }
    const refused = await ask(target, preflight)
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, null])
  })

  test.each(['/__mock/health', '/__mock/scenarios', '/__mock/reset'])('%s is open to web pages', async (target) => {
    const method = target === '/__mock/reset' ? 'POST' : 'GET'
    const origin = 'https://studio.example'
    const { status, headers } = await ask(target, { method, headers: { origin } })
    expect([status, headers.get('access-control-allow-origin')]).toEqual([200, origin])
    const preflight = { method: 'OPTIONS', headers: { origin, 'access-control-request-method': method } }
    expect((await ask(target, preflight)).status).toBe(204)
  })

  test.each([
    ['an Origin', { origin: 'https://studio.example', host: '127.0.0.1:4010' }],
    ['an opaque Origin', { origin: 'null', host: '127.0.0.1:4010' }],
    ['the Origin of another port', { origin: 'http://127.0.0.1:80', host: '127.0.0.1:4010' }],
    ['a public name that points to this machine', { host: 'studio.example:4010' }],
    ['a name that looks like an address', { host: '127.0.0.1.studio.example' }],
    ['a public name with its own Origin', { origin: 'http://studio.example', host: 'studio.example' }],
  ])('a web page with %s is rejected', async (_, headers) => {
    for (const target of restricted) {
      const { status, json } = await ask(target, { headers })
      expect([status, json.type]).toEqual([403, 'urn:image-install-queue-mock:control-forbidden'])
    }
  })

  test.each([
    'localhost',
    'localhost:4010',
    '127.0.0.1:4010',
    '[::1]:4010',
    '10.0.0.5:80',
    'mock:4010',
    'a.localhost:1',
  ])('Host %s is accepted', async (host) => {
    expect((await ask('/__mock/requests', { headers: { host } })).status).toBe(200)
  })

  test('is off if other machines can connect, unless it is allowed', async () => {
    const status = async (options: { host: string; control?: boolean }, target: string) => {
      await using mock = createMock()
      const { url } = await mock.listen(options)
      return (await fetch(`${url}${target}`)).status
    }
    expect(await status({ host: '0.0.0.0' }, '/__mock/requests')).toBe(403)
    expect(await status({ host: '0.0.0.0' }, '/__mock/health')).toBe(200)
    expect(await status({ host: '0.0.0.0', control: true }, '/__mock/requests')).toBe(200)
    expect(await status({ host: '127.0.0.1' }, '/__mock/requests')).toBe(200)
    expect(await status({ host: '127.0.0.1', control: false }, '/__mock/faults')).toBe(403)
  })
})
