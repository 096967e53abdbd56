import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { robustMock } from './robust-mock.ts'
import { basic, exchange, path } from './support.ts'

const robust = robustMock()
const authorization = basic('key', 'secret').authorization

const valid = /^HTTP\/1\.1 [2-5]\d\d /
const text = fc.string({ unit: 'binary', maxLength: 60 }).map((value) => value.replace(/[\r\n\0]/g, '?'))
const segment = fc.oneof(
  fc.constantFrom('cfp', 'v1', 'imageinstall', '1', 'queue', '..', '%2e%2e', '', '%', '%zz', '%E0%A4%A'),
  text.map(encodeURI0),
  fc.nat().map(String),
)
const target = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.array(segment, { maxLength: 7 }), text)
      .map(([segments, query]) => `/${segments.join('/')}?${encodeURI0(query)}`),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(text, text, text)
      .map(
        (parts) =>
          `/cfp/v1/imageinstall/${encodeURI0(parts[0])}/queue?accountserviceid=${encodeURI0(parts[1])}&mirroring=${encodeURI0(parts[2])}`,
      ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '*',
      '//',
      '///',
      'http://',
      'http://[',
      '/\\',
      '/?',
      '/#',
      '//a@b:c/',
      `//junk${path(1)}`,
      'http://user:pass@host/cfp',
      '?',
      '/__mock/health?x',
      '/__proto__',
    ),
  },
)
const headers = fc.dictionary(
  fc.constantFrom(
    'prefer',
    'accept',
    'authorization',
    'content-type',
    'origin',
    'mock-fault',
    'access-control-request-method',
    'x-any',
  ),
  fc.oneof(
    text.map(latin1),
    fc.constantFrom(
      'code=404',
      'dynamic=true',
      'application/json',
      ';',
      'text/html',
      authorization,
      'a/b;c',
      'multipart/form-data',
      'rate-limit',
      'html-502',
      'application/json; charset="',
    ),
  ),
)
const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND', 'QUERY')

const isPath = (wanted: string) => wanted.startsWith('/')
// A web request rejects the others.
const isFetched = (verb: string) => verb !== 'TRACE'

describe('ten thousand random requests', () => {
  test('8,000 in process get a valid response each', { timeout: 60_000 }, async () => {
    const arbitraryRequest = fc.record({
      target: target.filter(isPath),
      headers,
      method: method.filter(isFetched),
      body: fc.option(fc.oneof(text, fc.json()), { nil: undefined }),
    })
    await fc.assert(
      fc.asyncProperty(arbitraryRequest, async ({ target: wanted, headers: sent, method: verb, body }) => {
        const hasBody = body !== undefined && verb !== 'GET' && verb !== 'HEAD'
        const response = await robust.mock.fetch(`http://mock${wanted}`, {
          method: verb,
          headers: { authorization, ...sent },
          ...(hasBody && { body }),
        })
        expect(response.status).toBeGreaterThanOrEqual(200)
        expect(response.status).not.toBe(500)
        await response.text()
      }),
      { numRuns: 8000 },
    )
    await robust.expectResponsive()
  })

  test('2,000 over sockets get a valid response or a clean close each', { timeout: 60_000 }, async () => {
    const raw = fc.oneof(
      fc.tuple(method, target, headers, fc.option(text.map(latin1), { nil: '' })).map(([verb, wanted, sent, body]) => {
        const lines = Object.entries({ host: 'mock', authorization, ...sent }).map(
          ([name, value]) => `${name}: ${value}`,
        )
        return `${verb} ${latin1(wanted).replaceAll(' ', '')} HTTP/1.1\r\n${lines.join('\r\n')}\r\nconnection: close\r\ncontent-length: ${Buffer.byteLength(body, 'latin1')}\r\n\r\n${body}`
      }),
      text.map((line) => `${latin1(line)}\r\n\r\n`),
      fc.constantFrom(
        'GET / HTTP/1.1\r\n',
        'GET / HTTP/9.9\r\n\r\n',
        'CONNECT a:1 HTTP/1.1\r\nhost: a\r\n\r\n',
        'GET / HTTP/1.1\r\nhost: a\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n',
      ),
    )
    await fc.assert(
      fc.asyncProperty(raw, async (bytes) => {
        const back = await exchange(robust.port, Buffer.from(bytes, 'latin1'), (socket) => socket.end())
        if (back !== '') expect(back).toMatch(valid)
      }),
      { numRuns: 2000 },
    )
    await robust.expectResponsive()
  })
})

/** Percent-encodes the characters that a target must not contain, and keeps the others. */
function encodeURI0(value: string): string {
  return [...value]
    .map((character) =>
      /[!-~]/.test(character) && character !== '#'
        ? character
        : `%${Buffer.from(character)
            .toString('hex')
            .replace(/..(?=.)/g, '$&%')}`,
    )
    .join('')
}

function latin1(value: string): string {
  return Buffer.from(value, 'latin1')
    .toString('latin1')
    .replace(/[^\t\x20-\x7e\x80-\xff]/g, '?')
    .trim()
}
