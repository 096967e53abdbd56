import fc from 'fast-check'
import { expect, test } from 'vitest'
import { robustMock } from './robust-mock.ts'
import { basic, exchange, path } from './support.ts'

const robust = robustMock()
const { authorization } = basic('key', 'secret')

/** Percent-encodes the characters that a target must not contain, and keeps the others. */
const encoded = (value: string) =>
  value.replace(/[^!-~]|#/gu, (character) => Buffer.from(character).toString('hex').replace(/../g, '%$&'))

/** The characters that a header or a line of HTTP may contain. */
const printable = (value: string) =>
  Buffer.from(value, 'latin1')
    .toString('latin1')
    .replace(/[^\t\x20-\x7e\x80-\xff]/g, '?')
    .trim()

const text = fc.string({ unit: 'binary', maxLength: 60 }).map((value) => value.replace(/[\r\n\0]/g, '?'))
const segment = fc.oneof(
  fc.constantFrom('', ...'cfp v1 imageinstall 1 queue .. %2e%2e % %zz %E0%A4%A'.split(' ')),
  text.map(encoded),
  fc.nat().map(String),
)
const anyPath = fc
  .tuple(fc.array(segment, { maxLength: 7 }), text)
  .map(([segments, query]) => `/${segments.join('/')}?${encoded(query)}`)
const anyValues = fc
  .tuple(text, text, text)
  .map((values) => values.map(encoded))
  .map(([jobid = '', account, flag]) => path(jobid, `accountserviceid=${account}&mirroring=${flag}`))
const oddTargets = [
  ...['*', '//', '///', 'http://', 'http://[', '/\\', '/?', '/#', '//a@b:c/', `//junk${path(1)}`],
  ...['http://user:pass@host/cfp', '?', '/__mock/health?x', '/__proto__'],
]
const target = fc.oneof(
  { weight: 3, arbitrary: anyPath },
  { weight: 3, arbitrary: anyValues },
  { weight: 1, arbitrary: fc.constantFrom(...oddTargets) },
)
const headers = fc.dictionary(
  fc.constantFrom(
    ...'prefer accept authorization content-type origin mock-fault access-control-request-method x-any'.split(' '),
  ),
  fc.oneof(
    text.map(printable),
    fc.constantFrom(
      ...['code=404', 'dynamic=true', 'application/json', ';', 'text/html', authorization, 'a/b;c'],
      ...['multipart/form-data', 'rate-limit', 'html-502', 'application/json; charset="'],
    ),
  ),
)
const method = fc.constantFrom(...'GET HEAD POST PUT DELETE OPTIONS PATCH TRACE PROPFIND QUERY'.split(' '))

test('8,000 random requests in process get a valid response each', { timeout: 60_000 }, async () => {
  const anyRequest = fc.record({
    target: target.filter((wanted) => wanted.startsWith('/')),
    headers,
    // A web request rejects TRACE.
    method: method.filter((verb) => verb !== 'TRACE'),
    body: fc.option(fc.oneof(text, fc.json()), { nil: undefined }),
  })
  const property = fc.asyncProperty(anyRequest, async ({ target: wanted, headers: sent, method: verb, body }) => {
    const hasBody = body !== undefined && verb !== 'GET' && verb !== 'HEAD'
    const response = await robust.mock.fetch(`http://mock${wanted}`, {
      method: verb,
      headers: { authorization, ...sent },
      ...(hasBody && { body }),
    })
    expect(response.status).toBeGreaterThanOrEqual(200)
    expect(response.status).not.toBe(500)
    await response.text()
  })
  await fc.assert(property, { numRuns: 8000 })
  await robust.expectResponsive()
})

test('2,000 random requests over sockets get a valid response or a clean close each', { timeout: 60_000 }, async () => {
  const anyRequest = fc.tuple(method, target, headers, text.map(printable)).map(([verb, wanted, sent, body]) => {
    const length = `${Buffer.byteLength(body, 'latin1')}`
    const fields = { host: 'mock', authorization, ...sent, connection: 'close', 'content-length': length }
    const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
    return `${verb} ${printable(wanted).replaceAll(' ', '')} HTTP/1.1\r\n${lines.join('')}\r\n${body}`
  })
  const raw = fc.oneof(
    anyRequest,
    text.map((line) => `${printable(line)}\r\n\r\n`),
    fc.constantFrom(
      'GET / HTTP/1.1\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      'CONNECT a:1 HTTP/1.1\r\nhost: a\r\n\r\n',
      'GET / HTTP/1.1\r\nhost: a\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n',
    ),
  )
  const property = fc.asyncProperty(raw, async (bytes) => {
    const back = await exchange(robust.port, Buffer.from(bytes, 'latin1'), (socket) => socket.end())
    if (back !== '') expect(back).toMatch(/^HTTP\/1\.1 [2-5]\d\d /)
  })
  await fc.assert(property, { numRuns: 2000 })
  await robust.expectResponsive()
})
