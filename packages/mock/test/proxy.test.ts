import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
  request,
  type ServerResponse,
} from 'node:http'
import { type AddressInfo, createServer as createNetServer } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { createServer as createTlsServer } from 'node:tls'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { certificate, key } from '../../client/test/support/untrusted-certificate.ts'
import { type MockOperation, operations } from '../src/contract.ts'
import { createMock, type MockServer, specVersion } from '../src/index.ts'
import { bodyLimit } from '../src/message.ts'
import { createProxy, type ProxiedRequest } from '../src/proxy/proxy.ts'
import { createReport } from '../src/proxy/report.ts'
import { findResponseViolations } from '../src/proxy/response-violations.ts'
import { serve } from '../src/serve.ts'
import { basic, path, temporaryFolder } from './support.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  vi.unstubAllEnvs()
  await Promise.all(open.splice(0).map((server) => server.close()))
})

/** Starts a host that responds to everything alike and records the requests. */
async function host(respond: (request: IncomingMessage, response: ServerResponse) => void) {
  const seen: (Pick<IncomingMessage, 'url' | 'headers'> & { port: number | undefined; body: string })[] = []
  const server = createServer(async (request, response) => {
    const { url, headers, socket } = request
    seen.push({ url, headers, port: socket.remotePort, body: await text(request) })
    respond(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push({
    close() {
      server.closeAllConnections()
      server.close()
    },
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
}

const reportFile = async () => join(await temporaryFolder(), 'report.json')

/** Starts a proxy that writes a report, and returns its URL. */
async function reportingProxy(upstream: string, file: string, errors = false): Promise<string> {
  const report = createReport(file, new URL(upstream))
  const server = await serve(createProxy(new URL(upstream), errors, report), 0, '127.0.0.1')
  open.push(server)
  return server.url
}

async function proxyTo(upstream: string, errors = false): Promise<MockServer & { proxied: ProxiedRequest[] }> {
  const proxied: ProxiedRequest[] = []
  const server = await serve(
    createProxy(new URL(upstream), errors, { forwarding() {}, done: (request) => proxied.push(request) }),
    0,
    '127.0.0.1',
  )
  open.push(server)
  return { ...server, proxied }
}

const json =
  (status: number, value: unknown, headers: Record<string, string> = {}) =>
  (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(typeof value === 'string' || Buffer.isBuffer(value) ? value : JSON.stringify(value))
  }

const job = { jobcreated: 1, jobfailed: 0, jobprogress: 0, jobstatename: 'Queued', jobupdated: 1, versionmirrorid: 5 }
const envelope = { success: false, error: true }
const headers = basic('key', 'canary-secret')
const call = async (url: string, target = path(1), init: RequestInit = {}) => {
  const response = await fetch(`${url}${target}`, {
    redirect: 'manual',
    ...init,
    headers: { ...headers, ...init.headers },
  })
  const found = response.headers.get('mock-violations')
  return {
    status: response.status,
    headers: response.headers,
    text: await response.text(),
    found: found && JSON.parse(found),
  }
}

/** Sends a request that `fetch` cannot send. */
async function sendRaw(url: string, options: RequestOptions, body?: string | Buffer): Promise<IncomingHttpHeaders> {
  const sending = request(url, options)
  sending.end(body)
  const [response] = await once(sending, 'response')
  await text(response)
  return response.headers
}

const encodedAs = (encoding: string, body: unknown = job) => json(200, body, { 'content-encoding': encoding })
const tooLarge = gzipSync(Buffer.alloc(bodyLimit + 1, ' '))
const nested = '['.repeat(200_000) + ']'.repeat(200_000)
const whole = expect.stringContaining('"jobfailed"')

/** Responses that break the contract, with location, received and expected value of the violation. */
const broken: [string, ReturnType<typeof json>, string, string | undefined, string][] = [
  ['an undeclared status', json(503, envelope), 'status', '503', '200, 400, 401, 403, 404, 500'],
  ['no media type', (_, response) => response.end('{}'), 'header content-type', 'nothing', 'application/json'],
  ['no body', json(200, ''), 'body', undefined, 'application/json'],
  ['a body that is not JSON', json(200, '{"a":'), 'body', '{"a":', expect.stringMatching(/^JSON \(/)],
  ['no required field', json(200, { ...job, jobupdated: undefined }), 'body', whole, "required property 'jobupdated'"],
  ['a field of the wrong type', json(200, { ...job, jobcreated: 'x' }), 'body /jobcreated', '"x"', 'integer'],
  ['an empty string', json(200, { ...job, jobeta: '' }), 'body /jobeta', '""', 'integer or null'],
  ['both jobs', json(200, { ...job, machinejobid: 1 }), 'body', whole, 'match exactly one schema in oneOf'],
  ['success: false', json(200, { ...job, success: false }), 'body /success', 'false', 'equal to constant'],
  [
    ...([
      'another kind of JSON',
      json(401, { ...envelope, error: false }, { 'content-type': 'application/a+json' }),
    ] as const),
    ...(['body /error', 'false', 'equal to constant'] as const),
  ],
  [
    ...(['an unknown encoding', encodedAs('rot13'), 'header content-encoding', 'rot13'] as const),
    'identity, gzip, x-gzip, br, deflate, zstd',
  ],
  ['a body too large when decoded', encodedAs('gzip', tooLarge), 'body', expect.stringMatching(/10485760 b/), 'gzip'],
  [
    ...(['a list too deep to be read', json(200, nested), 'response'] as const),
    ...(['Maximum call stack size exceeded', 'a response that can be validated'] as const),
  ],
  [
    ...(['another media type', json(200, job, { 'content-type': 'text/plain' })] as const),
    ...(['header content-type', 'text/plain', 'application/json'] as const),
  ],
]

describe('a response that breaks the contract', () => {
  test.each(broken)('%s', async (_, respond, location, received, expected) => {
    const upstream = await host(respond)
    const proxy = await proxyTo(upstream.url)
    const { found } = await call(proxy.url)
    expect(found).toEqual({ request: [], response: [{ location, received, expected }] })
    expect(proxy.proxied).toEqual([
      { operationId: 'queueImageInstall', ...found, outcome: 'responded', status: expect.any(Number) },
    ])
  })

  test('keeps its own Vary header and gets that of CORS', async () => {
    const proxy = await proxyTo((await host(json(200, job, { vary: 'accept-language' }))).url)
    const { headers: back } = await call(proxy.url, path(1), { headers: { origin: 'http://a' } })
    expect(back.get('vary')).toBe('accept-language, origin')
  })

  test('is validated against the closest schema, however many violations it has', async () => {
    const upstream = await host(json(200, { ...envelope, messages: Array(12).fill({ code: 1 }) }))
    const { found } = await call((await proxyTo(upstream.url)).url)
    expect(found.response).toHaveLength(12)
    expect(found.response[11]).toEqual({ location: 'body /messages/11', received: '{"code":1}', expected: 'string' })
  })

  test('is reported without a key that makes its JSON invalid', async () => {
    const upstream = await host(json(200, '{"your key":"canary"secret"}'))
    const { found } = await call((await proxyTo(upstream.url)).url, path(1), { headers: basic('key', 'canary"secret') })
    expect(found.response).toEqual([{ location: 'body', expected: 'JSON' }])
  })

  test('is reported without a key in the name of its encoding', async () => {
    const upstream = await host(json(200, job, { 'content-encoding': 'x-canary' }))
    const { found } = await call((await proxyTo(upstream.url)).url, path(1), { headers: basic('key', 'canary') })
    expect(found.response).toMatchObject([{ location: 'header content-encoding', received: 'x-[redacted]' }])
  })

  test('is returned unchanged', async () => {
    const upstream = await host(json(503, 'no "JSON"', { 'retry-after': '7', 'set-cookie': 'a=1' }))
    const proxy = await proxyTo(upstream.url)
    const { status, text, headers: back } = await call(proxy.url)
    expect([status, text, back.get('retry-after'), back.get('set-cookie')]).toEqual([503, 'no "JSON"', '7', 'a=1'])
  })

  test('becomes a 502 with --errors', async () => {
    const upstream = await host(json(200, { ...job, jobprogress: -1 }))
    const proxy = await proxyTo(upstream.url, true)
    const { status, text, found } = await call(proxy.url)
    expect(status).toBe(502)
    expect(JSON.parse(text)).toMatchObject({
      type: 'urn:image-install-queue-mock:contract-violated',
      detail: 'The request was forwarded. response: body /jobprogress: got -1, expected >= 0.',
      ...found,
    })
  })
})

describe('a response that matches the contract has no violations', () => {
  test('also with a header like that of violations', async () => {
    const upstream = await host(json(200, job, { 'mock-violations': '{}' }))
    expect((await call((await proxyTo(upstream.url)).url)).headers.get('mock-violations')).toBeNull()
  })

  test.each([
    ['with unknown fields', json(200, { ...job, new: { deep: [1] }, success: true })],
    ['with unset fields', json(200, { ...job, joberror: null, jobeta: null, jobstart: null, jobstateid: null })],
    ['with an unknown state', json(200, { ...job, jobstateid: 99, jobstatename: 'Paused' })],
    ['an error with status 200', json(200, { ...envelope, messages: [], _debug: [] })],
    ['an error with an error status', json(500, envelope)],
    ['another spelling of the media type', json(200, job, { 'content-type': 'Application/JSON; charset=utf-8' })],
    ['a media type that ends in a semicolon', json(200, job, { 'content-type': 'application/json;' })],
  ])('%s', async (_, respond) => {
    const upstream = await host(respond)
    const proxy = await proxyTo(upstream.url, true)
    const { found, status } = await call(proxy.url)
    expect(found).toBeNull()
    expect(status).not.toBe(502)
    expect(proxy.proxied).toEqual([
      {
        operationId: 'queueImageInstall',
        request: [],
        response: [],
        outcome: 'responded',
        status: expect.any(Number),
      },
    ])
  })

  test.each([
    ['gzip', gzipSync],
    ['GZIP', gzipSync],
    [' gzip ', gzipSync],
    ['identity', (text: string) => text],
    ['', (text: string) => text],
    ['x-gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    // Without the zlib header, as some servers send it.
    ['deflate', deflateRawSync],
    ['zstd', zstdCompressSync],
  ])('a body in %s is read', async (encoding, compress) => {
    const upstream = await host((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding })
      response.end(compress(JSON.stringify({ ...job, jobprogress: 200 })))
    })
    const { found, text } = await call((await proxyTo(upstream.url)).url)
    expect(found.response).toEqual([{ location: 'body /jobprogress', received: '200', expected: '<= 100' }])
    expect(text).toContain('"jobprogress":200')
  })

  test('of the mock in every scenario', async () => {
    await using mock = createMock()
    const proxy = await proxyTo((await mock.listen()).url, true)
    for (const jobid of [1, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 2001, 4000, 4001, 4003, 4004, 5000]) {
      for (const mirroring of [true, false])
        await call(proxy.url, path(jobid, `accountserviceid=1&mirroring=${mirroring}`))
    }
    expect(proxy.proxied).toHaveLength(28)
    expect(proxy.proxied.filter(({ response, request }) => response.length + request.length > 0)).toEqual([])
  })

  test('to HEAD, without a body', async () => {
    const upstream = await host(json(200, '', { 'content-encoding': 'gzip' }))
    const { found } = await call((await proxyTo(upstream.url)).url, path(1), { method: 'HEAD' })
    expect(found).toBeNull()
  })
})

test('a header that the contract declares is validated without repeating its value', () => {
  const [operation] = operations
  if (!operation) throw new Error('no operation')
  const declared = ['X-Count', 'X-Limit', 'X-Page'].map((name) => {
    return { id: name, name, style: 'simple', required: true, schema: { type: 'integer' } } as const
  })
  const responses = operation.prism.responses.map((response) => ({ ...response, headers: declared }))
  // Prism's type has an enum for `style`.
  const counted = { ...operation, prism: { ...operation.prism, responses } } as MockOperation
  const received = { 'content-type': 'application/json', 'x-count': 'many', 'x-page': '2' }
  const forwarded = { status: 200, headers: received, body: Buffer.from(JSON.stringify(job)) }
  expect(findResponseViolations(counted, 'GET', forwarded, (text) => text)).toEqual([
    { location: 'header x-limit', expected: expect.any(String) },
    { location: 'header x-count', received: 'an invalid value', expected: 'integer' },
  ])
})

describe('a request that breaks the contract', () => {
  test.each([
    ['an invalid value', path('01'), {}, { location: 'path jobid', received: '01', expected: 'integer, at least 1' }],
    [
      'no credentials',
      path(1),
      { headers: { authorization: '' } },
      { location: 'header authorization', expected: expect.stringContaining('Bearer') },
    ],
    [
      'a key where a value belongs',
      path(1, 'accountserviceid=canary-key&mirroring=true'),
      { headers: basic('user', 'canary-key') },
      { location: 'query accountserviceid', received: '[redacted]', expected: 'integer, at least 1' },
    ],
    [
      'a key in an unknown path',
      '/cfp/v2/canary-key',
      { headers: basic('user', 'canary-key') },
      { location: 'path', received: '/cfp/v2/[redacted]', expected: 'a path of the contract' },
    ],
    ['an unknown method', path(1), { method: 'POST' }, { location: 'method', received: 'POST', expected: 'GET, HEAD' }],
  ])('with %s is forwarded, or gets a 502 with --errors', async (_, target, init, violation) => {
    const upstream = await host(json(404, envelope))
    const { found, status } = await call((await proxyTo(upstream.url)).url, target, init)
    expect([found.request, status]).toEqual([[violation], 404])
    expect(upstream.seen).toHaveLength(1)
    const refused = await call((await proxyTo(upstream.url, true)).url, target, init)
    expect([refused.found.request, refused.status]).toEqual([[violation], 502])
    expect(refused.text).toContain(`The request was not forwarded. request: ${violation.location}`)
    expect(upstream.seen).toHaveLength(1)
  })

  test('with many violations gets as many in the header as fit', async () => {
    const upstream = await host(json(404, envelope))
    const proxy = await proxyTo(upstream.url)
    const query = Array.from({ length: 100 }, (_, i) => `${'ü'.repeat(20)}${i}=1`).join('&')
    const { found, headers: back } = await call(proxy.url, path(1, query))
    expect(back.get('mock-violations')).toMatch(/^[\x20-\x7e]{3000,4000}$/)
    const request = proxy.proxied[0]?.request ?? []
    expect(request).toHaveLength(102)
    expect(found).toEqual({
      request: request.slice(0, found.request.length),
      response: [],
      more: 102 - found.request.length,
    })
  })
})

describe('forwarding', () => {
  test('sends a request once, unchanged, over a new connection', async () => {
    const upstream = await host(json(200, job))
    const proxy = await proxyTo(`${upstream.url}/base/`)
    await call(proxy.url, `${path(7)}`, { headers: { 'x-own': 'yes', 'mock-fault': 'reset' } })
    await call(proxy.url)
    const [first, second] = upstream.seen
    expect(first?.url).toBe(`/base${path(7)}`)
    expect(first?.headers).toMatchObject({
      ...headers,
      'x-own': 'yes',
      'accept-encoding': 'identity',
      host: new URL(upstream.url).host,
    })
    expect(first?.headers).not.toHaveProperty('mock-fault')
    expect(first?.port).not.toBe(second?.port)
  })

  test.each(['//other/cfp', '/.//other/cfp', 'http://other/cfp', 'http://other//other/cfp', '/\\\\other/cfp'])(
    'does not follow the host in the target %s',
    async (target) => {
      const [upstream, other] = [await host(json(200, job)), await host(json(200, job))]
      const proxy = await proxyTo(upstream.url)
      const { host: authority } = new URL(other.url)
      await sendRaw(proxy.url, { path: target.replaceAll('other', authority) })
      expect(upstream.seen).toHaveLength(1)
      expect(other.seen).toEqual([])
    },
  )

  test('does not follow a redirect', async () => {
    const upstream = await host(json(302, envelope, { location: '/again' }))
    const { status, headers: back } = await call((await proxyTo(upstream.url)).url)
    expect([status, back.get('location')]).toEqual([302, '/again'])
    expect(upstream.seen).toHaveLength(1)
  })

  test('starts with a TLS handshake for a host of https', async () => {
    const first: (number | undefined)[] = []
    const server = createNetServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', (bytes) => {
        first.push(bytes[0])
        socket.destroy()
      })
    })
    open.push(server)
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    expect((await call((await proxyTo(`https://127.0.0.1:${port}`)).url)).status).toBe(502)
    expect(first).toEqual([22])
  })

  test('does not retry when the host drops the connection', async () => {
    const upstream = await host((request) => request.socket.resetAndDestroy())
    const { status, text } = await call((await proxyTo(upstream.url)).url)
    expect(status).toBe(502)
    expect(JSON.parse(text)).toMatchObject({
      type: 'urn:image-install-queue-mock:upstream-unreachable',
      detail: expect.stringContaining('The host may have received and processed the request.'),
    })
    expect(upstream.seen).toHaveLength(1)
  })

  test.each([
    ['http', 'a port where nothing listens', 'ECONNREFUSED'],
    ['https', 'a host that ends the TLS handshake', 'SSL'],
  ])('over %s to %s reports that nothing was sent', async (scheme, _, reason) => {
    // Without a certificate, each handshake fails.
    const upstream = createTlsServer().on('tlsClientError', () => {})
    await once(upstream.listen(0, '127.0.0.1'), 'listening')
    const { port } = upstream.address() as AddressInfo
    if (scheme === 'https') open.push(upstream)
    else upstream.close()
    const proxy = await proxyTo(`${scheme}://127.0.0.1:${port}`)
    const { status, text } = await call(proxy.url)
    expect(status).toBe(502)
    expect(JSON.parse(text).detail).toContain('Not sent: no connection was established, so retrying is safe.')
    expect(text).toContain(reason)
    expect(proxy.proxied).toMatchObject([{ outcome: 'not-sent' }])
  })

  test('over https to a host that breaks off after the handshake reports that the outcome is unknown', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    const upstream = createTlsServer({ cert: certificate, key }, (socket) =>
      socket.once('data', () => socket.destroy()),
    )
    await once(upstream.listen(0, '127.0.0.1'), 'listening')
    open.push(upstream)
    const { port } = upstream.address() as AddressInfo
    const proxy = await proxyTo(`https://127.0.0.1:${port}`)
    expect((await call(proxy.url)).text).toContain('The host may have received and processed the request.')
    expect(proxy.proxied).toMatchObject([{ outcome: 'no-response' }])
  })

  test('returns a 502 for a response that breaks off', async () => {
    const upstream = await host((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
      response.write('{', () => request.socket.destroy())
    })
    expect((await call((await proxyTo(upstream.url)).url)).status).toBe(502)
  })

  test.each([
    ['HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n', 'it responded with status 101'],
    ['HTTP/1.1 101 Switching Protocols\r\n\r\n', 'it responded with status 101'],
    ['HTTP/1.1 000 None\r\ncontent-length: 0\r\n\r\n', 'it responded with status 0'],
  ])('returns a 502 for the invalid response %j', async (bytes, reason) => {
    const upstream = createNetServer((socket) => socket.on('error', () => {}).on('data', () => socket.write(bytes)))
    await once(upstream.listen(0, '127.0.0.1'), 'listening')
    open.push(upstream)
    const { port } = upstream.address() as AddressInfo
    const { status, text } = await call((await proxyTo(`http://127.0.0.1:${port}`)).url)
    expect([status, text]).toEqual([502, expect.stringContaining(reason)])
  })

  test('stops reading an endless response', async () => {
    const upstream = await host((_, response) => {
      const chunk = Buffer.alloc(1024 * 1024)
      const more = () => response.write(chunk, () => response.destroyed || more())
      more()
    })
    const { status, text } = await call((await proxyTo(upstream.url)).url)
    expect(status).toBe(502)
    expect(text).toContain('the response is larger than 10485760 bytes')
  })
})

describe('control requests are not forwarded', () => {
  test('health, reset and preflight', async () => {
    const upstream = await host(json(200, job))
    const proxy = await proxyTo(upstream.url)
    expect((await call(proxy.url, '/__mock/health')).status).toBe(200)
    expect((await call(proxy.url, '/__mock/reset', { method: 'POST' })).status).toBe(200)
    const preflight = { method: 'OPTIONS', headers: { origin: 'http://a', 'access-control-request-method': 'GET' } }
    expect((await call(proxy.url, path(1), preflight)).status).toBe(204)
    expect(upstream.seen).toEqual([])
    expect(proxy.proxied).toEqual([])
  })
})

describe('the report', () => {
  test('lists each kind of violation once, with its number and without credentials', async () => {
    const file = await reportFile()
    const upstream = await host(json(200, { ...job, jobprogress: 101 }))
    const url = await reportingProxy(upstream.url, file)
    const read = () => JSON.parse(readFileSync(file, 'utf8'))
    expect(read()).toMatchObject({ upstream: `${upstream.url}/`, specVersion, requests: 0, violations: [] })
    await call(url)
    await call(url, path('01'))
    expect(read()).toMatchObject({
      requests: 2,
      requestsWithViolations: 2,
      violations: [
        {
          operationId: 'queueImageInstall',
          part: 'response',
          location: 'body /jobprogress',
          received: '101',
          expected: '<= 100',
          count: 2,
        },
        { operationId: 'queueImageInstall', part: 'request', location: 'path jobid', received: '01', count: 1 },
      ],
    })
    expect(readFileSync(file, 'utf8')).not.toMatch(/canary|a2V5/)
  })

  test.each([
    ['in a field', (secret: string) => json(200, { ...job, jobstatename: { secret } })],
    ['in a body that is not JSON', (secret: string) => json(200, `{"a": ${secret}}`)],
  ])('redacts credentials that the host repeats %s', async (_, respond) => {
    const { authorization } = headers
    const upstream = await host((request, response) => respond(`${request.headers.authorization}`)(request, response))
    const proxy = await proxyTo(upstream.url)
    const { text } = await call(proxy.url)
    expect(text).toContain(authorization)
    expect(proxy.proxied[0]?.response).not.toEqual([])
    // The parser quotes a few characters of the body.
    expect(JSON.stringify(proxy.proxied)).not.toContain(authorization.slice(6, 12))
  })

  test('redacts user name and password wherever the host repeats them', async () => {
    const body = {
      ...job,
      jobstatename: { who: 'some-key', secret: 'p"ä ss/wort', at: `/?k=${encodeURIComponent('p"ä ss/wort')}` },
      jobprogress: [12345678],
      jobfailed: { 'some-key': 1, 12345678: 1 },
    }
    const upstream = await host(json(200, body))
    for (const [user, password] of [
      ['some-key', 'p"ä ss/wort'],
      ['user', '12345678'],
    ] as const) {
      const proxy = await proxyTo(upstream.url)
      const { text } = await call(proxy.url, path(1), { headers: basic(user, password) })
      expect(text).toBe(JSON.stringify(body))
      expect(proxy.proxied[0]?.response).toHaveLength(3)
      const written = JSON.stringify(proxy.proxied)
      if (user === 'some-key') expect(written).not.toMatch(/some-key|wort/)
      else expect(written).not.toContain('12345678')
    }
  })

  test('lists the first eleven values received in one place', async () => {
    const file = await reportFile()
    const report = createReport(file, new URL('http://localhost'))
    const statuses = ['418', '302', '418', ...Array.from({ length: 20 }, (_, i) => String(500 + i))]
    for (const received of statuses) {
      report.forwarding()
      report.done({
        request: [],
        response: [{ location: 'status', received, expected: '200' }],
        outcome: 'responded',
      })
    }
    const { violations } = JSON.parse(readFileSync(file, 'utf8'))
    expect(violations).toEqual([
      expect.objectContaining({
        received: '418',
        otherValues: ['302', ...statuses.slice(3, 12)],
        count: statuses.length,
      }),
    ])
  })

  test('counts a request before it is forwarded, and those without a response', async () => {
    const file = await reportFile()
    const read = () => {
      const { requests, requestsWithViolations, unansweredRequests } = JSON.parse(readFileSync(file, 'utf8'))
      return { requests, requestsWithViolations, unansweredRequests }
    }
    const during: unknown[] = []
    const upstream = await host((request, response) => {
      during.push(read())
      if (request.url?.includes('/2/')) request.socket.destroy()
      else json(200, job)(request, response)
    })
    const url = await reportingProxy(upstream.url, file, true)
    for (const jobid of [1, 2, '01']) await call(url, path(jobid))
    expect(during).toEqual([
      { requests: 1, requestsWithViolations: 0, unansweredRequests: 1 },
      { requests: 2, requestsWithViolations: 0, unansweredRequests: 1 },
    ])
    expect(read()).toEqual({ requests: 3, requestsWithViolations: 1, unansweredRequests: 1 })
  })

  test('counts requests that were not sent, and responses by status', async () => {
    const file = await reportFile()
    const report = createReport(file, new URL('http://localhost'))
    const operationId = 'listImageInstalls'
    for (const outcome of ['not-sent', 'no-response', 'responded', 'responded'] as const) {
      report.forwarding()
      const status = outcome === 'responded' ? { status: 503 } : {}
      report.done({ operationId, request: [], response: [], outcome, ...status })
    }
    report.forwarding()
    report.done({ request: [], response: [], outcome: 'responded', status: 404 })
    const { statuses, ...totals } = JSON.parse(readFileSync(file, 'utf8'))
    expect(totals).toMatchObject({ requests: 5, notSentRequests: 1, unansweredRequests: 1 })
    expect(statuses).toEqual({ 'listImageInstalls: 503': 2, 'unknown operation: 404': 1 })
  })

  test('lists a violation of several items once', async () => {
    const file = await reportFile()
    const installs = Array.from({ length: 300 }, (_, i) => ({ jobid: i + 1, jobprogress: `${i % 3}` }))
    const upstream = await host(json(200, { installs }))
    const url = await reportingProxy(upstream.url, file)
    const { found } = await call(url, '/cfp/v1/imageinstall/status?accountserviceid=1')
    expect([found.response.length, found.more]).toEqual([20, expect.any(Number)])
    const { violations } = JSON.parse(readFileSync(file, 'utf8'))
    expect(violations).toContainEqual({
      operationId: 'listImageInstalls',
      operation: 'GET /cfp/v1/imageinstall/status',
      part: 'response',
      status: 200,
      location: 'body /installs/*/jobprogress',
      expected: expect.stringContaining('integer'),
      received: '"0"',
      otherValues: ['"1"', '"2"'],
      count: 300,
    })
  })

  test('is limited to 1,000 kinds of violations', async () => {
    const file = await reportFile()
    const report = createReport(file, new URL('http://localhost'))
    const many = Array.from({ length: 1100 }, (_, i) => ({ location: `query ${i}`, expected: 'nothing' }))
    report.done({ request: many, response: [], outcome: 'rejected' })
    const { violations, requests } = JSON.parse(readFileSync(file, 'utf8'))
    expect([violations.length, requests]).toEqual([1000, 1])
    expect(violations[0]).not.toHaveProperty('operationId')
  })
})

describe('framing', () => {
  test.each(['GET', 'POST'])('a chunked body of %s is forwarded with its length', async (method) => {
    const { url, seen } = await host(json(200, job))
    const chunked = { method, headers: { ...headers, 'transfer-encoding': 'chunked' } }
    await sendRaw(`${(await proxyTo(url)).url}${path(1)}`, chunked, '{"a":1}')
    expect(seen[0]).toMatchObject({ body: '{"a":1}', headers: { 'content-length': '7' } })
    expect(seen[0]?.headers).not.toHaveProperty('transfer-encoding')
  })

  test('headers that Connection lists are not forwarded in either direction', async () => {
    const { url, seen } = await host(json(200, job, { connection: 'close, X-Back', 'x-back': '1', 'x-stays': '1' }))
    const hops = { connection: 'close,x-hop , x-other', 'x-hop': '1', 'x-other': '1', 'x-kept': '1' }
    const back = await sendRaw(`${(await proxyTo(url)).url}${path(1)}`, { headers: { ...headers, ...hops } })
    expect(seen[0]?.headers).not.toHaveProperty('x-hop')
    expect(seen[0]?.headers).not.toHaveProperty('x-other')
    expect(seen[0]?.headers['x-kept']).toBe('1')
    expect([back['x-back'], back['x-stays']]).toEqual([undefined, '1'])
  })

  test('a compressed body is forwarded unchanged and reported as unread', async () => {
    const { url, seen } = await host(json(200, job))
    const body = gzipSync('{}')
    const compressed = { 'content-encoding': 'gzip', 'content-length': `${body.length}` }
    const back = await sendRaw(
      `${(await proxyTo(url)).url}${path(1)}`,
      { headers: { ...headers, ...compressed } },
      body,
    )
    expect(JSON.parse(`${back['mock-violations']}`).request).toEqual([
      { location: 'body', received: 'gzip, unread', expected: 'no compression' },
    ])
    expect(seen[0]?.headers).toMatchObject(compressed)
  })
})

describe('an integer that JavaScript cannot represent is reported', () => {
  const expected = 'an integer that JavaScript represents exactly (it rounded this one)'

  test('in addition to other violations', async () => {
    const text = JSON.stringify({ ...job, jobstateid: 'x' }).replace(
      '"versionmirrorid":5',
      '"versionmirrorid":9007199254740993',
    )
    const { url } = await host(json(200, text))
    const { found } = await call((await proxyTo(url)).url)
    expect(found.response).toContainEqual({ location: 'body /versionmirrorid', received: '9007199254740992', expected })
    expect(found.response.length).toBeGreaterThan(1)
  })

  test('without a credential in its name, and within the limit', async () => {
    const [, secret = ''] = headers.authorization.split(' ')
    const more = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`more${i}`, 1e21]))
    const { url } = await host(json(200, JSON.stringify({ ...job, [secret]: 1e20, ...more })))
    const proxy = await proxyTo(url)
    const { found } = await call(proxy.url)
    expect([found.response.length, found.more]).toEqual([20, 11])
    expect(proxy.proxied[0]?.response).toContainEqual({
      location: 'body /[redacted]',
      received: '100000000000000000000',
      expected,
    })
  })
})
