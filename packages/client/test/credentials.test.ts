import { afterEach, describe, expect, test, vi } from 'vitest'
import { makeClient } from '../src/client.ts'
import type { Security } from '../src/contract.ts'
import { type ClientOptions, createClient } from '../src/index.ts'
import { failureOf, jsonResponse, mirrorJob } from './support/calls.ts'
import { contractOf } from './support/one-operation.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})

/** The authorization header that a client sends. */
async function authorizationOf(options: ClientOptions): Promise<string | null> {
  const fetch = vi.fn<typeof globalThis.fetch>(async () => jsonResponse(mirrorJob))
  await createClient({ accountserviceid: 1, fetch, ...options }).queueImageInstall({ jobid: 1, mirroring: true })
  return new Headers(fetch.mock.calls[0]?.[1]?.headers).get('authorization')
}

/** Why a client refuses to send anything. */
async function refusalOf(options: object): Promise<string> {
  const fetch = vi.fn<typeof globalThis.fetch>()
  const call = createClient({ accountserviceid: 1, fetch, ...options }).queueImageInstall({ jobid: 1, mirroring: true })
  const error = await failureOf(call)
  expect(error).toMatchObject({ name: 'ConfigurationError', code: 'configuration', outcome: 'not-sent' })
  expect(fetch).not.toHaveBeenCalled()
  return error.message.replace(/^queueImageInstall: /, '')
}

const basic = (text: string) => `Basic ${Buffer.from(text, 'utf8').toString('base64')}`
const host = { baseUrl: 'https://api.example' }

describe('credentials', () => {
  test('are the keys given as options, in UTF-8, colons in the secret included', async () => {
    expect(await authorizationOf({ accessKey: 'schlüssel', secretKey: 'a:b:🔑' })).toBe(basic('schlüssel:a:b:🔑'))
  })

  test('are the token given as option', async () => {
    expect(await authorizationOf({ token: 'abc.DEF-123~+/=', ...host })).toBe('Bearer abc.DEF-123~+/=')
  })

  test('are read from the environment when a call is made', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => jsonResponse(mirrorJob))
    const client = createClient({ accountserviceid: 1, fetch })
    for (const key of ['first', 'second']) {
      vi.stubEnv('CLANFORGE_ACCESS_KEY', key)
      vi.stubEnv('CLANFORGE_SECRET_KEY', 'word')
      await client.queueImageInstall({ jobid: 1, mirroring: true })
    }
    const sent = fetch.mock.calls.map(([, init]) => new Headers(init?.headers).get('authorization'))
    expect(sent).toEqual([basic('first:word'), basic('second:word')])
  })

  test('given as options beat any in the environment', async () => {
    vi.stubEnv('CLANFORGE_TOKEN', 'from-environment')
    vi.stubEnv('CLANFORGE_ACCESS_KEY', 'from-environment')
    expect(await authorizationOf({ accessKey: 'a', secretKey: 'b' })).toBe(basic('a:b'))
    vi.stubEnv('CLANFORGE_SECRET_KEY', 'from-environment')
    expect(await authorizationOf({ token: 'mine', ...host })).toBe('Bearer mine')
  })

  test('can be half option, half environment, which is read for each call', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => jsonResponse(mirrorJob))
    const client = createClient({ accountserviceid: 1, fetch, accessKey: 'option' })
    for (const word of ['first', 'second']) {
      vi.stubEnv('CLANFORGE_SECRET_KEY', word)
      await client.queueImageInstall({ jobid: 1, mirroring: true })
    }
    const sent = fetch.mock.calls.map(([, init]) => new Headers(init?.headers).get('authorization'))
    expect(sent).toEqual([basic('option:first'), basic('option:second')])
  })

  test('can be functions, asked once for each call, so that keys rotate', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => jsonResponse(mirrorJob))
    let generation = 0
    const client = createClient({
      accountserviceid: 1,
      fetch,
      accessKey: () => `key${++generation}`,
      secretKey: async () => `word${generation}`,
    })
    await client.queueImageInstall({ jobid: 1, mirroring: true })
    await client.queueImageInstall({ jobid: 1, mirroring: true })
    const sent = fetch.mock.calls.map(([, init]) => new Headers(init?.headers).get('authorization'))
    expect(sent).toEqual([basic('key1:word1'), basic('key2:word2')])
  })

  test.each<[string, Security]>([
    ['needs none', [null]],
    ['also goes without', [null, 'key']],
  ])('are not sent where a call %s and none are given', async (_what, security) => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => new Response(null, { status: 204 }))
    const key = { scheme: 'bearer', secrets: [{ option: 'token' }] } as const
    const client = makeClient({ ...contractOf({ security }), securitySchemes: { key } }, { fetch })
    await client.call?.({})
    expect(fetch.mock.calls.map(([, init]) => new Headers(init?.headers).has('authorization'))).toEqual([false])
  })

  test('are not shared between clients', async () => {
    expect(await authorizationOf({ accessKey: 'one', secretKey: 'a' })).toBe(basic('one:a'))
    expect(await authorizationOf({ accessKey: 'two', secretKey: 'b' })).toBe(basic('two:b'))
  })
})

describe('credentials are refused', () => {
  test('when there are none, and every way to give them is named', async () => {
    expect(await refusalOf({})).toBe(
      'credentials are missing: give `accessKey` (or CLANFORGE_ACCESS_KEY) and `secretKey` (or CLANFORGE_SECRET_KEY), or `token` (or CLANFORGE_TOKEN)',
    )
  })

  test('when one is missing, which is named', async () => {
    expect(await refusalOf({ accessKey: 'a' })).toBe('`secretKey` (or CLANFORGE_SECRET_KEY) is missing')
    expect(await refusalOf({ secretKey: 'a' })).toBe('`accessKey` (or CLANFORGE_ACCESS_KEY) is missing')
  })

  test('when keys and token are given together, as options or in the environment', async () => {
    const together =
      '`accessKey` (or CLANFORGE_ACCESS_KEY) and `token` (or CLANFORGE_TOKEN) are given together: give one kind of credentials'
    expect(await refusalOf({ accessKey: 'a', token: 'b', ...host })).toBe(together)
    vi.stubEnv('CLANFORGE_ACCESS_KEY', 'a')
    vi.stubEnv('CLANFORGE_TOKEN', 'b')
    expect(await refusalOf(host)).toBe(together)
  })

  test('each time that they are wrong, not the first time alone', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>()
    const client = createClient({ accountserviceid: 1, fetch, accessKey: 'a:b', secretKey: 'c' })
    for (let call = 0; call < 3; call++) {
      const error = await failureOf(client.queueImageInstall({ jobid: 1, mirroring: true }))
      expect(error).toMatchObject({ name: 'ConfigurationError', message: expect.stringContaining('without colons') })
    }
    expect(fetch).not.toHaveBeenCalled()
  })

  test('when a token has no base URL beside it, and both hosts are named', async () => {
    const message = await refusalOf({ token: 'abc' })
    expect(message).toContain('`token` (or CLANFORGE_TOKEN) is good for one server only: name that as `baseUrl`')
    expect(message).toContain('https://api.multiplay.co.uk or https://api.multiplay.dev')
    vi.stubEnv('CLANFORGE_BASE_URL', 'https://api.multiplay.dev')
    expect(await authorizationOf({ token: 'abc' })).toBe('Bearer abc')
  })

  test('when the base URL beside a token is gone at a later call', async () => {
    const fetch = vi.fn(async () => jsonResponse(mirrorJob))
    const client = createClient({ token: 'abc', accountserviceid: 1, fetch })
    vi.stubEnv('CLANFORGE_BASE_URL', 'https://api.multiplay.dev')
    await client.queueImageInstall({ jobid: 1, mirroring: true })
    vi.stubEnv('CLANFORGE_BASE_URL', '')
    const error = await failureOf(client.queueImageInstall({ jobid: 1, mirroring: true }))
    expect(error.message).toContain('good for one server only')
    expect(fetch).toHaveBeenCalledOnce()
  })

  test.each([
    [
      'accessKey',
      'a:b',
      '`accessKey` (or CLANFORGE_ACCESS_KEY) must be non-empty text without colons and control characters',
    ],
    [
      'accessKey',
      'a\u0000b',
      '`accessKey` (or CLANFORGE_ACCESS_KEY) must be non-empty text without colons and control characters',
    ],
    [
      'accessKey',
      'a\u007f',
      '`accessKey` (or CLANFORGE_ACCESS_KEY) must be non-empty text without colons and control characters',
    ],
    [
      'accessKey',
      '',
      '`accessKey` (or CLANFORGE_ACCESS_KEY) must be non-empty text without colons and control characters',
    ],
    [
      'accessKey',
      7,
      '`accessKey` (or CLANFORGE_ACCESS_KEY) must be non-empty text without colons and control characters',
    ],
    ['secretKey', 'a\nb', '`secretKey` (or CLANFORGE_SECRET_KEY) must be non-empty text without control characters'],
    ['secretKey', 'a\n', '`secretKey` (or CLANFORGE_SECRET_KEY) must be non-empty text without control characters'],
    ['secretKey', '\r', '`secretKey` (or CLANFORGE_SECRET_KEY) must be non-empty text without control characters'],
    ['secretKey', '\ud800', '`secretKey` (or CLANFORGE_SECRET_KEY) must be non-empty text without control characters'],
    ['secretKey', '', '`secretKey` (or CLANFORGE_SECRET_KEY) must be non-empty text without control characters'],
    [
      'secretKey',
      () => null,
      '`secretKey` (or CLANFORGE_SECRET_KEY) must be non-empty text without control characters',
    ],
    ['secretKey', () => undefined, '`secretKey` (or CLANFORGE_SECRET_KEY) is missing'],
  ])('when %s is %j', async (option, value, message) => {
    expect(await refusalOf({ accessKey: 'good', secretKey: 'good', [option]: value })).toBe(message)
  })

  test.each(['schlüssel', 'two words', 'line\nbreak', '\t', '', 'a\u007f'])('when the token is %j', async (token) => {
    const message = await refusalOf({ token, ...host })
    expect(message).toBe('`token` (or CLANFORGE_TOKEN) must be visible ASCII without blanks')
  })

  test.each([
    [
      'throws',
      () => {
        throw new Error('vault is sealed')
      },
    ],
    ['rejects', async () => Promise.reject(new Error('vault is sealed'))],
  ])('when a function that supplies one %s', async (_how, secretKey) => {
    const client = createClient({ accountserviceid: 1, accessKey: 'a', secretKey })
    const error = await failureOf(client.queueImageInstall({ jobid: 1, mirroring: true }))
    expect(error).toMatchObject({ name: 'ConfigurationError', cause: { message: 'vault is sealed' } })
    expect(error.message).toContain('a function that supplies credentials failed')
  })
})

const keys = { accessKey: 'a', secretKey: 'b' }

describe('the base URL', () => {
  test('is the first server of the contract, the environment’s or the option', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => jsonResponse(mirrorJob))
    const queue = (baseUrl?: string) =>
      createClient({ ...keys, accountserviceid: 1, fetch, baseUrl }).queueImageInstall({ jobid: 1, mirroring: true })
    await queue()
    vi.stubEnv('CLANFORGE_BASE_URL', 'https://from.environment/')
    await queue()
    await queue('https://from.option/prefix/')
    expect(fetch.mock.calls.map(([url]) => String(url).replace(/\/cfp.*/, ''))).toEqual([
      'https://api.multiplay.co.uk',
      'https://from.environment',
      'https://from.option/prefix',
    ])
  })

  test.each([
    ['http://127.0.0.1:4010 ', 'http://127.0.0.1:4010'],
    ['https://API.example/a b/', 'https://api.example/a%20b'],
  ])('%j is written as fetch takes it', async (baseUrl, expected) => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => jsonResponse(mirrorJob))
    await createClient({ ...keys, accountserviceid: 1, fetch, baseUrl }).queueImageInstall({
      jobid: 1,
      mirroring: true,
    })
    expect(String(fetch.mock.calls[0]?.[0]).replace(/\/cfp.*/, '')).toBe(expected)
  })

  test.each([
    'api.multiplay.co.uk',
    'ftp://api.multiplay.co.uk',
    'https://',
    'https://user:word@api.example',
    'https://user@api.example',
    'https:api.example',
    'xhttps://api.example',
    'https://api.example?x=1',
    'https://api.example#x',
    'https://a b',
    '',
  ])('%j is refused without being repeated', async (baseUrl) => {
    const message = await refusalOf({ ...keys, baseUrl })
    expect(message).toBe(
      '`baseUrl` (or CLANFORGE_BASE_URL) must be an http or https address without credentials, query and fragment',
    )
  })

  test.each([
    'http://localhost',
    'http://localhost:4010',
    'http://mock.localhost',
    'http://127.0.0.1:1234',
    'http://127.9.9.9',
    'http://127.0.0.10',
    'http://[::1]:80',
    'https://anywhere.example',
    'HTTPS://Anywhere.example/@me',
  ])('%s may get credentials', async (baseUrl) => {
    expect(await authorizationOf({ ...keys, baseUrl })).toBe(basic('a:b'))
  })

  test.each([
    'http://api.multiplay.co.uk',
    'http://notlocalhost',
    'http://localhost.example',
    'http://127.0.0.1.example',
    'http://128.0.0.1',
    'http://[::2]',
  ])('%s may not', async (baseUrl) => {
    const message = await refusalOf({ ...keys, baseUrl })
    expect(message).toBe(
      `credentials are not sent to ${new URL(baseUrl).host} over http: use https, or name it as \`allowHttpHost\``,
    )
  })

  test('may be the one named host over http, with any port or that one', async () => {
    const baseUrl = 'http://fleet.internal:8080'
    expect(await authorizationOf({ ...keys, baseUrl, allowHttpHost: 'fleet.internal' })).toBe(basic('a:b'))
    expect(await authorizationOf({ ...keys, baseUrl, allowHttpHost: 'fleet.internal:8080' })).toBe(basic('a:b'))
    expect(await refusalOf({ ...keys, baseUrl, allowHttpHost: 'fleet.internal:80' })).toContain('over http')
    expect(await refusalOf({ ...keys, baseUrl, allowHttpHost: 'internal' })).toContain('over http')
    expect(await refusalOf({ ...keys, baseUrl, allowHttpHost: 8080 })).toContain('over http')
    expect(await refusalOf({ ...keys, baseUrl: 'http://undefined' })).toContain('over http')
    expect(await authorizationOf({ ...keys, baseUrl, allowHttpHost: 'Fleet.Internal' })).toBe(basic('a:b'))
    const usual = 'http://fleet.internal'
    expect(await authorizationOf({ ...keys, baseUrl: usual, allowHttpHost: 'fleet.internal:80' })).toBe(basic('a:b'))
  })

  test('may be any where no call asks for credentials, and only then', async () => {
    const fetch = vi.fn(async () => new Response(null, { status: 204 }))
    const options = { fetch, baseUrl: 'http://api.example' }
    const open = contractOf({})
    await makeClient(open, options).call?.({})
    expect(fetch).toHaveBeenCalledOnce()
    const half = makeClient({ ...open, security: [null, 'key'] }, options)
    expect((await failureOf(half.call?.({}) ?? Promise.resolve())).message).toContain('over http')
    expect(fetch).toHaveBeenCalledOnce()
  })

  test('in a browser must be loopback, unless that danger is accepted', async () => {
    vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156' })
    expect(await refusalOf(keys)).toBe(
      'a page cannot keep credentials secret: call from a server, or set `dangerouslyAllowBrowser: true`',
    )
    expect(await authorizationOf({ ...keys, dangerouslyAllowBrowser: true })).toBe(basic('a:b'))
    expect(await authorizationOf({ ...keys, baseUrl: 'http://localhost:4010' })).toBe(basic('a:b'))
  })
})

describe('an environment', () => {
  test.each([
    ['is not there', undefined],
    ['has no variables', {}],
    [
      'refuses to be read',
      {
        get env() {
          throw new Error('NotCapable')
        },
      },
    ],
    [
      'refuses a variable',
      {
        env: new Proxy(
          {},
          {
            get() {
              throw new Error('NotCapable')
            },
          },
        ),
      },
    ],
  ])('that %s only means that nothing is given', async (_name, process) => {
    vi.stubGlobal('process', process)
    const message = await refusalOf({})
    vi.unstubAllGlobals()
    expect(message).toContain('credentials are missing')
  })

  test.each([undefined, {}])('whose navigator is %j is no browser', async (navigator) => {
    vi.stubGlobal('navigator', navigator)
    expect(await authorizationOf(keys)).toBe(basic('a:b'))
  })

  test('that refuses cache: no-store is called without it', async () => {
    vi.resetModules()
    vi.stubGlobal(
      'Request',
      class extends Request {
        constructor(url: string, init: RequestInit) {
          if (init.cache) throw new Error("The 'cache' field on 'RequestInitializerDict' is not implemented.")
          super(url, init)
        }
      },
    )
    const { createClient: create } = await import('../src/index.ts')
    const fetch = vi.fn<typeof globalThis.fetch>(async () => jsonResponse(mirrorJob))
    const client = create({ ...keys, accountserviceid: 1, fetch })
    await client.queueImageInstall({ jobid: 1, mirroring: true })
    await client.queueImageInstall({ jobid: 1, mirroring: true })
    expect(fetch.mock.calls.map(([, init]) => init?.cache)).toEqual([undefined, undefined])
  })
})
