import { createServer } from 'node:tls'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { ClientOptions } from '../src/index.ts'
import { clientOf, failureOf, queueFrom, queueThrough, recorder } from './support/calls.ts'
import { freePort, listen, serve } from './support/servers.ts'

const place = 'GET http://127.0.0.1/cfp/v1/imageinstall/1234/queue'
const notSent = { name: 'NotSentError', outcome: 'not-sent', operation: 'queueImageInstall' }

describe('a request that provably was not sent', () => {
  test('because the name does not resolve', async () => {
    const error = await failureOf(queueFrom('https://no-such-host.invalid'))
    expect(error).toMatchObject({ ...notSent, code: 'not_sent' })
    expect(error.message).toMatch(
      /^queueImageInstall: GET https:\/\/no-such-host\.invalid\/\S+ was not sent \(.*(ENOTFOUND|EAI_AGAIN) no-such-host\.invalid\)\. A retry is safe\.$/,
    )
    expect(error.cause).toBeInstanceOf(Error)
  })

  test('because the connection is refused', async () => {
    const port = await freePort()
    const error = await failureOf(queueFrom(`http://127.0.0.1:${port}`))
    expect(error).toMatchObject({ ...notSent, code: 'not_sent', cause: { code: 'ECONNREFUSED' } })
  })

  test('because every address of the host refuses the connection', async () => {
    const port = await freePort()
    const error = await failureOf(queueFrom(`http://localhost:${port}`))
    expect(error).toMatchObject({ ...notSent, code: 'not_sent' })
    expect(error.message).toContain('ECONNREFUSED')
  })

  test.each([
    ['several addresses', `Object.assign(new AggregateError([refused], ''), { code: 'ECONNREFUSED' })`],
    ['one address', `refused`],
  ])('because %s refused, reported by another realm', async (_how, cause) => {
    const failure: unknown = runInNewContext(`
      const refused = Object.assign(new Error('connect ECONNREFUSED ::1:9'), { code: 'ECONNREFUSED', syscall: 'connect' })
      const failure = new TypeError('fetch failed')
      failure.cause = ${cause}
      failure`)
    const error = await failureOf(queueThrough(() => Promise.reject(failure)))
    expect(error).toMatchObject({ ...notSent, code: 'not_sent', cause: { code: 'ECONNREFUSED' } })
    expect(error.message).toBe(
      `queueImageInstall: ${place} was not sent (fetch failed: connect ECONNREFUSED ::1:9). A retry is safe.`,
    )
  })

  test('because the other side does not speak TLS', async () => {
    const { port } = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    const error = await failureOf(queueFrom(`https://127.0.0.1:${port}`))
    expect(error).toMatchObject({ ...notSent, code: 'not_sent' })
  })

  test.each([{ expect: '100-continue' }, { 'transfer-encoding': 'chunked' }, { upgrade: 'x' }])(
    'because of a header that the runtime does not write: %j',
    async (headers) => {
      const { url, requests } = await serve((_, response) => response.end('{}'))
      const error = await failureOf(queueFrom(url, {}, { headers }))
      expect(error).toMatchObject({ ...notSent, code: 'not_sent' })
      expect(requests).toEqual([])
    },
  )

  test('because the certificate is not trusted', async () => {
    const port = await serveWithUntrustedCertificate()
    const error = await failureOf(queueFrom(`https://127.0.0.1:${port}`))
    expect(error).toMatchObject({ ...notSent, code: 'not_sent' })
  })

  test('because the connection ends during the TLS handshake', async () => {
    const { port } = await listen((socket) => socket.destroy())
    const error = await failureOf(queueFrom(`https://127.0.0.1:${port}`))
    expect(error).toMatchObject({ ...notSent, code: 'not_sent' })
  })

  test('because fetch blocks the port', async () => {
    const error = await failureOf(queueFrom('http://127.0.0.1:1'))
    expect(error).toMatchObject({ ...notSent, code: 'not_sent' })
    expect(error.message).toContain('bad port')
  })

  test('because the signal was aborted before', async () => {
    const { url, requests } = await serve((_request, response) => response.end())
    const reason = new Error('the deploy was cancelled')
    const call = queueFrom(url, {}, { signal: AbortSignal.abort(reason) })
    expect(await failureOf(call)).toMatchObject({ ...notSent, code: 'aborted', cause: reason })
    expect(requests).toEqual([])
  })

  test('because the signal was aborted before, although the credentials are never loaded', async () => {
    const secretKey = () => new Promise<string>(() => {})
    const call = queueFrom('http://127.0.0.1', { secretKey }, { signal: AbortSignal.abort('changed my mind') })
    const error = await failureOf(call)
    expect(error).toMatchObject({ ...notSent, code: 'aborted', cause: 'changed my mind' })
    expect(error.message).toBe(
      'queueImageInstall: GET http://127.0.0.1/cfp/v1/imageinstall/{jobid}/queue was not sent (aborted). A retry is safe.',
    )
  })

  test('because the signal aborts while the credentials are loaded', async () => {
    const controller = new AbortController()
    const { fetch, requests } = recorder()
    const secretKey = () => new Promise<string>(() => {})
    const call = queueThrough(fetch, { secretKey }, { signal: controller.signal })
    controller.abort('changed my mind')
    expect(await failureOf(call)).toMatchObject({ ...notSent, code: 'aborted', cause: 'changed my mind' })
    expect(requests).toEqual([])
  })

  test('because the time ends before the credentials are loaded', async () => {
    const { fetch, requests } = recorder()
    const options = { timeoutMs: 5, secretKey: () => new Promise<string>(() => {}) }
    const error = await failureOf(queueThrough(fetch, options))
    expect(error).toMatchObject({ ...notSent, code: 'timeout' })
    expect(error).not.toHaveProperty('cause')
    expect(requests).toEqual([])
  })
})

test('a request was not sent because another call in middleware failed', async () => {
  const { fetch, requests } = recorder()
  const client = clientOf('http://127.0.0.1', { fetch })
  client.http.use({ onRequest: async () => void (await queueFrom('http://127.0.0.1:1')) })
  expect(await failureOf(client.listImageInstalls())).toMatchObject({
    name: 'NotSentError',
    operation: 'listImageInstalls',
  })
  expect(requests).toEqual([])
})

describe('a request that fetch cannot read was not sent', () => {
  const other = () => Object.assign(new EventTarget(), { aborted: false })
  class OtherController {
    readonly signal = other()
    abort() {}
  }

  test('because Request cannot read it either, whatever the message, unless `fetch` is given', async () => {
    const odd = async () => Promise.reject(new Error('odd'))
    vi.stubGlobal('AbortController', OtherController)
    vi.stubGlobal('fetch', odd)
    const [global, given] = [await failureOf(queueFrom('http://127.0.0.1')), await failureOf(queueThrough(odd))]
    vi.unstubAllGlobals()
    expect(global).toMatchObject({ ...notSent, code: 'not_sent' })
    expect(given).toMatchObject({ name: 'UnknownOutcomeError', code: 'connection_lost' })
  })

  test('because AbortController is of another realm', async () => {
    const { url, requests } = await serve((_, response) => response.end('{}'))
    vi.stubGlobal('AbortController', OtherController)
    const error = await failureOf(queueFrom(url))
    vi.unstubAllGlobals()
    expect(error).toMatchObject({ ...notSent, code: 'not_sent' })
    expect(requests).toEqual([])
  })

  test('unless only the signal of the caller is of another realm', async () => {
    const { url } = await serve((_, response) => response.end('{"versionmirrorid":1}'))
    const options = { signal: other() as unknown as AbortSignal }
    expect(await queueFrom(url, {}, options)).toEqual({ versionmirrorid: 1 })
  })

  test('because there is no Request', async () => {
    vi.stubGlobal('Request', undefined)
    const error = await failureOf(queueThrough(async () => new Response('{}')))
    vi.unstubAllGlobals()
    expect(error).toMatchObject({ ...notSent, code: 'not_sent' })
  })
})

describe('a proxy that fetch of Node ignores', () => {
  const refused = () => Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: { syscall: 'connect' } }))
  const messageFrom = async (baseUrl: string, options: ClientOptions = {}) => {
    vi.stubGlobal('fetch', refused)
    return (await failureOf(queueFrom(baseUrl, options))).message
  }

  afterEach(() => {
    vi.unstubAllEnvs()
    vi.unstubAllGlobals()
  })
  beforeEach(() => {
    for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'NODE_USE_ENV_PROXY', 'NODE_OPTIONS'])
      vi.stubEnv(name, '')
  })

  test.each(['HTTPS_PROXY', 'https_proxy'])('is named by its variable: %s', async (name) => {
    vi.stubEnv(name, 'http://proxy.example:3128')
    const message = await messageFrom('https://api.example')
    expect(message).toContain(`${name} is set, but fetch of Node ignores it. Set NODE_USE_ENV_PROXY=1`)
    expect(message).toMatch(/A retry is safe\.$/)
    expect(message).not.toContain('proxy.example')
  })

  test.each<[string, string, Record<string, string>, ClientOptions]>([
    ['none is set', 'https://api.example', {}, {}],
    ['it is for another protocol', 'https://api.example', { HTTP_PROXY: 'http://p' }, {}],
    ['the host is loopback', 'https://127.0.0.1', { HTTPS_PROXY: 'http://p' }, {}],
    ['Node uses it', 'https://api.example', { HTTPS_PROXY: 'http://p', NODE_USE_ENV_PROXY: '1' }, {}],
    ['Node uses it by a flag', 'https://api.example', { HTTPS_PROXY: 'http://p', NODE_OPTIONS: '--use-env-proxy' }, {}],
    ['fetch is given', 'https://api.example', { HTTPS_PROXY: 'http://p' }, { fetch: refused }],
  ])('is not mentioned if %s', async (_why, baseUrl, variables, options) => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
    expect(await messageFrom(baseUrl, options)).not.toContain('PROXY')
  })

  test.each([{ bun: '1' }, { deno: '2' }])('is not mentioned in other runtimes: %j', async (other) => {
    vi.stubEnv('HTTPS_PROXY', 'http://p')
    vi.stubGlobal('process', { env: process.env, versions: { node: '24', ...other } })
    expect(await messageFrom('https://api.example')).not.toContain('PROXY')
  })
})

describe('the failure of a runtime', () => {
  const failing = (failure: unknown) => failureOf(queueThrough(async () => Promise.reject(failure)))
  const caused = (cause: object) => Object.assign(new TypeError('fetch failed'), { cause })
  const nested = (depth: number, cause: object): object => (depth === 0 ? cause : caused(nested(depth - 1, cause)))

  test.each([
    ['Node, connecting for too long', caused({ code: 'UND_ERR_CONNECT_TIMEOUT' })],
    ['Node, an expired certificate', caused({ code: 'CERT_HAS_EXPIRED' })],
    ['Node, a certificate for another name', caused({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' })],
    ['Node, a self-signed certificate', caused({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })],
    ['Node, several addresses', caused({ errors: [{ syscall: 'connect' }, { syscall: 'connect' }] })],
    ['Node, a proxy that opens no tunnel', caused({ message: 'Proxy response (407) !== 200 when HTTP Tunneling' })],
    ['Node, five causes down', nested(5, { syscall: 'connect' })],
    ['Bun, refused', Object.assign(new Error('Unable to connect'), { code: 'ECONNREFUSED' })],
    ['Bun, refused, in older versions', Object.assign(new Error('Unable to connect'), { code: 'ConnectionRefused' })],
    ['Bun, not resolved', Object.assign(new Error('Was there a typo?'), { code: 'FailedToOpenSocket' })],
    ['Deno, no permission', Object.assign(new Error('Requires net access to "x"'), { name: 'NotCapable' })],
    ['undici, arguments', new TypeError('RequestInit: Expected signal to be an instance of AbortSignal.')],
    ['nock', caused({ code: 'ERR_NOCK_NO_MATCH' })],
    ['MockAgent of undici', caused({ code: 'UND_MOCK_ERR_MOCK_NOT_MATCHED' })],
    ['fetch-mock', new Error('fetch-mock: No response or fallback rule to cover GET to http://x/')],
    ['MSW', caused({ message: '[MSW] Cannot bypass a request when using the "error" strategy' })],
    ['Deno', new TypeError('error sending request for url (…): client error (Connect): tcp connect error')],
  ])('proves that nothing was sent: %s', async (_name, failure) => {
    expect(await failing(failure)).toMatchObject({ ...notSent, code: 'not_sent' })
  })

  test.each([
    ['Node, reset while reading', caused({ syscall: 'read', code: 'ECONNRESET' })],
    ['Node, closed', caused({ code: 'UND_ERR_SOCKET' })],
    ['Node, an alert after the handshake', caused({ code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED' })],
    ['Node, one of several addresses was connected', caused({ errors: [{ syscall: 'connect' }, { syscall: 'read' }] })],
    ['Node, no addresses at all', caused({ errors: [] })],
    ['Node, no cause that is near', nested(6, { syscall: 'connect' })],
    ['a code that only ends like a known one', caused({ code: 'NOT_ECONNREFUSED' })],
    ['a code that only starts like a known one', caused({ code: 'ECONNREFUSED_LATER' })],
    ['a code that only ends like that of a certificate', caused({ code: 'LATER_CERT_HAS_EXPIRED' })],
    ['a message that only contains that of a mock', new Error('after fetch-mock: No response')],
    ['a message that only contains one about arguments', new TypeError('after RequestInit: Expected')],
    ['a message that only contains that of MSW', new Error('after [MSW] Cannot bypass a request')],
    ['a message that only ends like a known one', caused({ message: 'no bad port' })],
    ['a message that only starts like a known one', caused({ message: 'bad port 1' })],
    [
      'a message that continues after that of a proxy',
      caused({ message: 'Proxy response (407) !== 200 when HTTP Tunneling, later' }),
    ],
    [
      'a message that starts before that of a proxy',
      caused({ message: 'No Proxy response (407) !== 200 when HTTP Tunneling' }),
    ],
    ['Chromium', new TypeError('Failed to fetch')],
    ['workerd', new Error('Network connection lost.')],
    ['a string', 'offline'],
    ['nothing', undefined],
  ])('proves nothing: %s', async (_name, failure) => {
    expect(await failing(failure)).toMatchObject({ name: 'UnknownOutcomeError', code: 'connection_lost' })
  })
})

describe('the cause of an error', () => {
  const causeOf = async (failure: unknown) =>
    (await failureOf(queueThrough(async () => Promise.reject(failure)))).cause as Error & { code?: unknown }

  test('has the messages of the first five causes, and the last code among them', async () => {
    let failure: unknown
    for (let i = 7; i > 0; i--) failure = Object.assign(new Error(`m${i}`), { code: `C${i}`, cause: failure })
    expect(await causeOf(failure)).toMatchObject({ message: 'm1: m2: m3: m4: m5', code: 'C5' })
  })

  test('is limited if a failure is its own cause', async () => {
    const circular = new Error('round')
    circular.cause = circular
    expect((await causeOf(circular)).message).toBe('round: round: round: round: round')
  })

  test.each([
    [
      'the errors it contains',
      Object.assign(new Error(''), { errors: [new Error('one'), new Error('two')] }),
      'one, two',
    ],
    ['otherwise its code', Object.assign(new Error(''), { code: 'E_ODD' }), 'E_ODD'],
    ['otherwise its name', new TypeError(''), 'TypeError'],
  ])('describes a failure without a message by %s', async (_how, failure, message) => {
    expect((await causeOf(failure)).message).toBe(message)
  })
})

/** Its certificate was made for this test, so no client trusts it. */
async function serveWithUntrustedCertificate(): Promise<number> {
  const { certificate, key } = await import('./support/untrusted-certificate.ts')
  const server = createServer({ cert: certificate, key }, (socket) => socket.on('error', () => {}))
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the server does not listen on a port')
  return address.port
}
