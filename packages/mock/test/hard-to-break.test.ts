import { connect, type Socket } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHandler } from '../src/handler.ts'
import { createMock } from '../src/index.ts'
import { createMemory } from '../src/memory.ts'
import { bodyLimit } from '../src/message.ts'
import { serve } from '../src/serve.ts'
import { ask, basic, path } from './support.ts'

const mock = createMock()
let port: number
const unhandled: unknown[] = []
const note = (error: unknown) => unhandled.push(error)

beforeAll(async () => {
  port = Number(new URL((await mock.listen()).url).port)
  process.on('unhandledRejection', note)
})
afterAll(async () => {
  process.off('unhandledRejection', note)
  await mock[Symbol.asyncDispose]()
})

const authorization = basic('key', 'secret').authorization

/** Sends bytes and gives everything that comes back until the connection ends. */
function exchange(bytes: string | Buffer, use: (socket: Socket) => void = () => {}): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let back = ''
    socket.on('data', (chunk) => {
      back += chunk.toString('latin1')
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(back))
    socket.write(bytes)
    use(socket)
  })
}

async function expectWell() {
  expect((await ask(path(1), {}, mock)).status).toBe(200)
  expect(unhandled).toEqual([])
}

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
// The rest are what a web request refuses.
const isFetched = (verb: string) => verb !== 'TRACE'

describe('ten thousand requests that nobody foresaw', () => {
  test('8,000 in process: each a valid answer', { timeout: 60_000 }, async () => {
    const asked = fc.record({
      target: target.filter(isPath),
      headers,
      method: method.filter(isFetched),
      body: fc.option(fc.oneof(text, fc.json()), { nil: undefined }),
    })
    await fc.assert(
      fc.asyncProperty(asked, async ({ target: wanted, headers: sent, method: verb, body }) => {
        const hasBody = body !== undefined && verb !== 'GET' && verb !== 'HEAD'
        const response = await mock.fetch(`http://mock${wanted}`, {
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
    await expectWell()
  })

  test('2,000 over sockets: each a valid answer or a clean close', { timeout: 60_000 }, async () => {
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
        const back = await exchange(Buffer.from(bytes, 'latin1'), (socket) => socket.end())
        if (back !== '') expect(back).toMatch(valid)
      }),
      { numRuns: 2000 },
    )
    await expectWell()
  })
})

describe('bodies', () => {
  const post = (length: number, body: Buffer, more = '') =>
    exchange(
      Buffer.concat([
        Buffer.from(
          `POST /cfp HTTP/1.1\r\nhost: mock\r\nconnection: close\r\n${more}content-length: ${length}\r\n\r\n`,
        ),
        body,
      ]),
    )

  test('up to the limit are read', async () => {
    expect(await post(bodyLimit, Buffer.alloc(bodyLimit))).toMatch(/^HTTP\/1\.1 404 /)
  })

  test('beyond it they are refused', async () => {
    expect(await post(bodyLimit + 1, Buffer.alloc(bodyLimit + 1))).toMatch(/^HTTP\/1\.1 413 [\s\S]*body-too-large/)
  })

  test('in chunks without end they are refused too', async () => {
    const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(0x100000), Buffer.from('\r\n')])
    const head = Buffer.from('POST /cfp HTTP/1.1\r\nhost: mock\r\ntransfer-encoding: chunked\r\n\r\n')
    const back = await exchange(head, (socket) => {
      const more = () => socket.writable && socket.write(chunk, more)
      more()
      socket.once('data', () => socket.destroy())
    })
    expect(back).toMatch(/^HTTP\/1\.1 413 /)
  })

  test('that break off, or stop half way, harm nobody', async () => {
    const head = `POST /cfp HTTP/1.1\r\nhost: mock\r\ncontent-length: 100\r\n\r\nhalf`
    await exchange(head, (socket) => setImmediate(() => socket.destroy()))
    await exchange(head, (socket) => setImmediate(() => socket.resetAndDestroy()))
    await exchange(head, (socket) => socket.end())
    await expectWell()
  })
})

describe('a handler that fails', () => {
  test.each([
    [
      'at once',
      () => {
        throw new Error('boom')
      },
    ],
    ['later', () => Promise.reject(new Error('boom'))],
  ])('%s: gets a 500, and the next request its answer', async (_, handler) => {
    const server = await serve(handler, 0, '127.0.0.1')
    for (let i = 0; i < 2; i++) {
      const response = await fetch(server.url)
      expect([response.status, await response.json()]).toEqual([
        500,
        expect.objectContaining({ detail: 'The mock failed: Error: boom.' }),
      ])
    }
    await server.close()
  })
})

describe('sockets', () => {
  test('a half-open one is answered', async () => {
    const back = await exchange('GET /__mock/health HTTP/1.1\r\nhost: mock\r\n\r\n', (socket) => socket.end())
    expect(back).toMatch(/^HTTP\/1\.1 200 /)
  })

  test('a slow one, a byte at a time, is answered', async () => {
    const bytes = 'GET /__mock/health HTTP/1.1\r\nhost: mock\r\nconnection: close\r\n\r\n'
    const back = await exchange('', (socket) => {
      const next = (i: number) => i < bytes.length && socket.write(bytes.charAt(i), () => setImmediate(next, i + 1))
      next(0)
    })
    expect(back).toMatch(/^HTTP\/1\.1 200 /)
  })

  test('many requests in one write are answered in their order', async () => {
    const one = (id: number) => `GET ${path(id)} HTTP/1.1\r\nhost: mock\r\nauthorization: ${authorization}\r\n`
    const back = await exchange(`${one(1001)}\r\n${one(4004)}\r\n${one(1002)}connection: close\r\n\r\n`)
    expect([...back.matchAll(/mock-scenario: (\w+)/g)].map(([, name]) => name)).toEqual([
      'mirrorCreated',
      'notFound',
      'mirrorPending',
    ])
  })

  test('a reset while the answer waits harms nobody', async () => {
    const head = `GET ${path(1)} HTTP/1.1\r\nhost: mock\r\nauthorization: ${authorization}\r\nmock-fault: delay=20\r\n\r\n`
    await Promise.all(
      Array.from({ length: 50 }, () => exchange(head, (socket) => setImmediate(() => socket.resetAndDestroy()))),
    )
    await expectWell()
  })

  test('headers beyond what Node reads are refused', async () => {
    expect(await exchange(`GET / HTTP/1.1\r\nhost: mock\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 /,
    )
  })
})

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc')

test('what is kept does not grow with what is asked', { timeout: 60_000 }, async () => {
  const own = createMock()
  const heapAfter = async (from: number) => {
    for (let i = from; i < from + 2000; i++) {
      await ask(
        path(10_000 + i),
        { headers: { accept: `application/json;q=0.${i}`, 'x-filler': 'a'.repeat(1000) } },
        own,
      )
    }
    collectGarbage()
    return process.memoryUsage().heapUsed
  }
  const before = await heapAfter(0)
  await heapAfter(2000)
  await heapAfter(4000)
  expect((await heapAfter(6000)) - before).toBeLessThan(8 * 1024 * 1024)
  expect(own.requests).toHaveLength(1000)
})

/** Percent-encodes what may not stand in a target, and leaves the rest to be strange. */
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

test.each(['gzip', 'br', 'GZIP'])('a body in %s is refused with what is taken instead', (coding) => {
  const handle = createHandler(createMemory(true))
  const sent = { target: path(1), method: 'GET', body: Buffer.from('x') }
  const { reply } = handle({ ...sent, headers: { ...basic('key', 'secret'), 'content-encoding': coding } })
  expect([reply.status, reply.headers['accept-encoding'], JSON.parse(`${reply.body}`)]).toEqual([
    415,
    'identity',
    expect.objectContaining({
      type: 'urn:image-install-queue-mock:unsupported-coding',
      violations: [{ where: 'body', came: `${coding}, unread`, allowed: 'no compression' }],
    }),
  ])
  expect(handle({ ...sent, headers: { 'content-encoding': coding } }).reply.status).toBe(401)
})
