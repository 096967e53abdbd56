import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseFault } from '../src/fault.ts'
import { createMock } from '../src/index.ts'
import { ask, basic, path } from './support.ts'

const mock = createMock()
let url: string
beforeAll(async () => {
  url = (await mock.listen()).url
})
afterAll(() => mock[Symbol.asyncDispose]())

const credentials = basic('key', 'secret')

// A fault has the same effect in process and over a socket.
const ways = [
  ['in process', (init: RequestInit) => mock.fetch(`http://mock${path(1)}`, init)],
  ['over a socket', (init: RequestInit) => fetch(`${url}${path(1)}`, init)],
] as const

describe.each(ways)('%s', (_, call) => {
  const withFault = (fault: string, signal?: AbortSignal) =>
    call({ headers: { ...credentials, 'mock-fault': fault }, ...(signal && { signal }) })

  test('delay=50 delays the response', async () => {
    const start = performance.now()
    const response = await withFault('delay=50')
    expect(await response.json()).toHaveProperty('versionmirrorid')
    expect(performance.now() - start).toBeGreaterThanOrEqual(49)
  })

  test('delay ends when the caller aborts', async () => {
    await expect(withFault('delay=9999999', AbortSignal.timeout(20))).rejects.toMatchObject({ name: 'TimeoutError' })
  })

  test('reset loses the connection', async () => {
    const error = await withFault('reset').catch((caught) => caught)
    expect(error).toBeInstanceOf(TypeError)
    expect(error.message).toBe('fetch failed')
    expect(error.cause.code).toMatch(/ECONNRESET|UND_ERR_SOCKET/)
  })

  test('truncate does not affect HEAD', async () => {
    const response = await call({ method: 'HEAD', headers: { ...credentials, 'mock-fault': 'truncate' } })
    expect([response.status, await response.text()]).toEqual([200, ''])
  })

  test('truncate sends status, headers and half of the body', async () => {
    const response = await withFault('truncate')
    expect(response.status).toBe(200)
    const announced = Number(response.headers.get('content-length'))
    const reader = response.body?.getReader()
    const first = await reader?.read()
    expect(first?.value?.length).toBe(Math.floor(announced / 2))
    await expect(reader?.read()).rejects.toThrow('terminated')
  })

  test('html-502 sends a page', async () => {
    const response = await withFault('html-502')
    expect(response.status).toBe(502)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await response.text()).toContain('502 Bad Gateway')
  })

  test('hang sends nothing until the caller aborts', async () => {
    await expect(withFault('hang', AbortSignal.timeout(30))).rejects.toMatchObject({ name: 'TimeoutError' })
  })

  test.each([
    ['rate-limit', '1'],
    ['rate-limit; retry-after=2', '2'],
    ['rate-limit;retry-after=0', '0'],
  ])('%s sends a 429 with Retry-After: %s', async (fault, seconds) => {
    const response = await withFault(fault)
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe(seconds)
    expect(await response.json()).toMatchObject({ type: 'urn:image-install-queue-mock:rate-limited' })
  })

  test('code injects faults into the next requests', async () => {
    mock.fail('html-502')
    mock.fail('rate-limit', 2)
    const statuses: number[] = []
    for (let i = 0; i < 4; i++) statuses.push((await call({ headers: credentials })).status)
    expect(statuses).toEqual([502, 429, 429, 200])
  })
})

describe('fail', () => {
  test('injects a fault into all requests with Infinity', async () => {
    const own = createMock()
    own.fail('html-502', Number.POSITIVE_INFINITY)
    for (let i = 0; i < 5; i++) expect((await ask(path(1), {}, own)).status).toBe(502)
    own.reset()
    expect((await ask(path(1), {}, own)).status).toBe(200)
  })

  test.each([0, -1, 2.5, Number.NaN])('rejects %d times', (times) => {
    expect(() => mock.fail('reset', times)).toThrow(
      new TypeError(`\`times\` is ${times}: it must be an integer of at least 1, or unlimited`),
    )
  })
})

describe('a fault does not hide an invalid request', () => {
  test.each([
    [path('x'), {}, 422],
    [path(1), { authorization: 'no' }, 401],
    [path(1), { prefer: 'code=418', 'mock-fault': 'html-502' }, 400],
    [path(1), { accept: 'text/html', 'mock-fault': 'html-502' }, 406],
    ['/nowhere', {}, 404],
  ])('%s %o: %d', async (target, headers, status) => {
    const own = createMock()
    own.fail('reset')
    expect((await ask(target, { headers: { 'mock-fault': 'hang', ...headers } }, own)).status).toBe(status)
    // The injected fault waits for a valid request.
    await expect(ask(path(1), {}, own)).rejects.toThrow('fetch failed')
  })
})

describe('an unknown fault is rejected', () => {
  test('in the header', async () => {
    const response = await ask(path(1), { headers: { 'mock-fault': 'explode' } })
    expect(response.status).toBe(400)
    expect(response.json).toMatchObject({
      type: 'urn:image-install-queue-mock:unknown-fault',
      detail: expect.stringContaining('delay=MILLISECONDS, reset, truncate, html-502, hang, rate-limit'),
    })
  })

  test('in code', () => {
    // @ts-expect-error: the type lists what there is
    expect(() => mock.fail('explode')).toThrow('"explode" is not a fault. Known faults: delay=MILLISECONDS')
  })
})

describe('closing the mock', () => {
  test.each(['hang', 'delay=9999999'] as const)(
    'rejects requests that %s keeps pending in process, as a lost connection',
    async (fault) => {
      const closing = createMock()
      closing.fail(fault, 2)
      const call = () => ask(path(1), {}, closing)
      const waiting = call()
      await closing[Symbol.asyncDispose]()
      const lost = { message: 'fetch failed', cause: { code: 'ECONNRESET' } }
      await expect(waiting).rejects.toMatchObject(lost)
      await expect(call()).rejects.toMatchObject(lost)
    },
  )

  /** Runs a program that waits for a request with the fault `hang`, and returns what it prints. */
  const hanging = async (use: string) => {
    const script = `
      const { createMock } = await import(${JSON.stringify(new URL('../dist/index.js', import.meta.url))})
      const mock = createMock()
      mock.fail('hang')
      const call = (signal) =>
        mock.fetch('http://mock${path(1)}', { headers: ${JSON.stringify(credentials)}, signal }).catch(console.log)
      ${use}`
    return (await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])).stdout
  }

  test('a hang keeps a process running until the caller aborts', async () => {
    expect(await hanging('await call(AbortSignal.timeout(100))')).toContain('TimeoutError')
  })

  test('ends a process that a hang keeps running', async () => {
    const use = 'call(); setImmediate(() => mock[Symbol.asyncDispose]())'
    expect(await hanging(use)).toContain('connection lost: the mock was closed')
  })
})

describe('parseFault', () => {
  test.each([
    '',
    'delay',
    'delay=',
    'delay=-1',
    'delay=1.5',
    'delay=12345678',
    'xdelay=5',
    'delay=5x',
    'reset=1',
    'rate-limit, reset',
    'xrate-limit',
    'rate-limitx;retry-after=1',
    'rate-limit;retry-after=',
  ])('returns undefined for %s', (text) => expect(parseFault(text)).toBeUndefined())

  test('accepts spaces around a fault and between its parts', () => {
    expect(parseFault(' reset ')).toMatchObject({ kind: 'reset', text: 'reset' })
    const limited = parseFault('rate-limit ; retry-after=12')
    expect(limited?.kind === 'response' && limited.response.headers['retry-after']).toBe('12')
    expect(limited?.kind === 'response' && `${limited.response.body}`).toContain('Retry after 12 s.')
  })
})
