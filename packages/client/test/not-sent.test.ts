import { createServer } from 'node:tls'
import { runInNewContext } from 'node:vm'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { clientOf, failureOf, queueFrom, queueThrough } from './support/calls.ts'
import { freePort, listen, serve } from './support/servers.ts'

const notSent = { name: 'NotSentError', outcome: 'not-sent', operation: 'queueImageInstall' }

describe('a request that provably was not sent', () => {
  test('because the name does not resolve', async () => {
    const error = await failureOf(queueFrom('https://no-such-host.invalid'))
    expect(error).toMatchObject({ ...notSent, code: 'not_sent' })
    expect(error.message).toMatch(/^queueImageInstall: not sent \(.*(ENOTFOUND|EAI_AGAIN) no-such-host\.invalid\)$/)
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
  ])('because %s refused, as a runtime of another realm says it', async (_how, cause) => {
    const failure: unknown = runInNewContext(`
      const refused = Object.assign(new Error('connect ECONNREFUSED ::1:9'), { code: 'ECONNREFUSED', syscall: 'connect' })
      const failure = new TypeError('fetch failed')
      failure.cause = ${cause}
      failure`)
    const error = await failureOf(queueThrough(() => Promise.reject(failure)))
    expect(error).toMatchObject({ ...notSent, code: 'not_sent', cause: { code: 'ECONNREFUSED' } })
    expect(error.message).toBe('queueImageInstall: not sent (fetch failed: connect ECONNREFUSED ::1:9)')
  })

  test('because the other side does not speak TLS', async () => {
    const { port } = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    const error = await failureOf(queueFrom(`https://127.0.0.1:${port}`))
    expect(error).toMatchObject({ ...notSent, code: 'not_sent' })
  })

  test.each([{ expect: '100-continue' }, { 'transfer-encoding': 'chunked' }, { upgrade: 'x' }])(
    'because of a header that the runtime refuses to write: %j',
    async (headers) => {
      const { url, requests } = await serve((_, response) => response.end('{}'))
      const parameters = { jobid: 1, mirroring: true }
      const error = await failureOf(clientOf(url).queueImageInstall(parameters, { headers }))
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
    const call = clientOf(url).queueImageInstall({ jobid: 1, mirroring: true }, { signal: AbortSignal.abort(reason) })
    expect(await failureOf(call)).toMatchObject({ ...notSent, code: 'aborted', cause: reason })
    expect(requests).toEqual([])
  })

  test('because the signal was aborted before, though the credentials never come', async () => {
    const client = clientOf('http://127.0.0.1', { secretKey: () => new Promise<string>(() => {}) })
    const signal = AbortSignal.abort('changed my mind')
    const call = client.queueImageInstall({ jobid: 1, mirroring: true }, { signal })
    expect(await failureOf(call)).toMatchObject({ ...notSent, code: 'aborted', cause: 'changed my mind' })
  })

  test('because the signal aborts while the credentials are supplied', async () => {
    const controller = new AbortController()
    const fetch = vi.fn<typeof globalThis.fetch>()
    const client = clientOf('http://127.0.0.1', { fetch, secretKey: () => new Promise<string>(() => {}) })
    const call = client.queueImageInstall({ jobid: 1, mirroring: true }, { signal: controller.signal })
    controller.abort('changed my mind')
    expect(await failureOf(call)).toMatchObject({ ...notSent, code: 'aborted', cause: 'changed my mind' })
    expect(fetch).not.toHaveBeenCalled()
  })

  test('because the time is over before the credentials are there', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>()
    const options = { fetch, timeoutMs: 5, secretKey: () => new Promise<string>(() => {}) }
    const error = await failureOf(queueFrom('http://127.0.0.1', options))
    expect(error).toMatchObject({ ...notSent, code: 'timeout' })
    expect(error).not.toHaveProperty('cause')
    expect(fetch).not.toHaveBeenCalled()
  })
})

describe('what the runtimes say', () => {
  const failing = (failure: unknown) => failureOf(queueThrough(async () => Promise.reject(failure)))
  const caused = (cause: object) => Object.assign(new TypeError('fetch failed'), { cause })
  const nested = (depth: number, cause: object): object => (depth === 0 ? cause : caused(nested(depth - 1, cause)))

  test.each([
    ['Node, connecting', caused({ syscall: 'connect', code: 'EHOSTUNREACH' })],
    ['Node, resolving', caused({ syscall: 'getaddrinfo', code: 'ENOTFOUND' })],
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
    ['a code that only holds a known one', caused({ code: 'LATE_CERT_HAS_EXPIRED' })],
    ['a code that only ends like a known one', caused({ code: 'NOT_ECONNREFUSED' })],
    ['a code that only starts like a known one', caused({ code: 'ECONNREFUSED_LATER' })],
    ['words that only end like known ones', caused({ message: 'no bad port' })],
    ['words that only start like known ones', caused({ message: 'bad port 1' })],
    ['words after those of a proxy', caused({ message: 'Proxy response (407) !== 200 when HTTP Tunneling, later' })],
    ['words before those of a proxy', caused({ message: 'No Proxy response (407) !== 200 when HTTP Tunneling' })],
    ['Chromium', new TypeError('Failed to fetch')],
    ['workerd', new Error('Network connection lost.')],
    ['something that is no error', 'offline'],
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

  test('is told once around, though a failure is its own cause', async () => {
    const circular = new Error('round')
    circular.cause = circular
    expect((await causeOf(circular)).message).toBe('round: round: round: round: round')
  })

  test.each([
    ['by those inside', Object.assign(new Error(''), { errors: [new Error('one'), new Error('two')] }), 'one, two'],
    ['else by its code', Object.assign(new Error(''), { code: 'E_ODD' }), 'E_ODD'],
    ['else by its name', new TypeError(''), 'TypeError'],
  ])('is told, where a failure has no words, %s', async (_how, failure, message) => {
    expect((await causeOf(failure)).message).toBe(message)
  })
})

/** Its certificate is made for the test and known to nobody. */
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
