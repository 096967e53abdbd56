import { afterEach, describe, expect, test, vi } from 'vitest'
import { makeClient } from '../src/client.ts'
import type { Security } from '../src/contract.ts'
import { type ClientOptions, createClient } from '../src/index.ts'
import { failureOf, mirrorJob, recorder, sentWith } from './support/calls.ts'
import { contractOf } from './support/one-operation.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})

const job = { jobid: 1, mirroring: true }

/** The authorization header that a client sends. */
async function authorizationOf(options: ClientOptions): Promise<string | null | undefined> {
  const { fetch, requests } = recorder()
  await createClient({ accountserviceid: 1, fetch, ...options }).queueImageInstall(job)
  return requests[0]?.headers.get('authorization')
}

/** The message with which a client rejects its options. */
async function problemWith(options: object): Promise<string> {
  const { fetch, requests } = recorder()
  const error = await failureOf(createClient({ accountserviceid: 1, fetch, ...options }).queueImageInstall(job))
  expect(error).toMatchObject({ name: 'ConfigurationError', code: 'configuration', outcome: 'not-sent' })
  expect(requests).toEqual([])
  return error.message.replace(/^queueImageInstall: /, '')
}

const basic = (text: string) => `Basic ${Buffer.from(text, 'utf8').toString('base64')}`
const host = { baseUrl: 'https://api.example' }

describe('credentials', () => {
  test('are the keys from the options, in UTF-8, with colons in the secret key', async () => {
    expect(await authorizationOf({ accessKey: 'schlüssel', secretKey: 'a:b:🔑' })).toBe(basic('schlüssel:a:b:🔑'))
  })

  test('are the token from the options', async () => {
    expect(await authorizationOf({ token: 'abc.DEF-123~+/=', ...host })).toBe('Bearer abc.DEF-123~+/=')
  })

  test('are read from the environment when a call is made', async () => {
    const { fetch, requests } = recorder()
    const client = createClient({ accountserviceid: 1, fetch })
    for (const key of ['first', 'second']) {
      vi.stubEnv('CLANFORGE_ACCESS_KEY', key)
      vi.stubEnv('CLANFORGE_SECRET_KEY', 'word')
      await client.queueImageInstall(job)
    }
    const sent = requests.map(({ headers }) => headers.get('authorization'))
    expect(sent).toEqual([basic('first:word'), basic('second:word')])
  })

  test('from options take precedence over the environment', async () => {
    vi.stubEnv('CLANFORGE_TOKEN', 'from-environment')
    vi.stubEnv('CLANFORGE_ACCESS_KEY', 'from-environment')
    expect(await authorizationOf({ accessKey: 'a', secretKey: 'b' })).toBe(basic('a:b'))
    vi.stubEnv('CLANFORGE_SECRET_KEY', 'from-environment')
    expect(await authorizationOf({ token: 'mine', ...host })).toBe('Bearer mine')
  })

  test('can come half from options, half from the environment', async () => {
    vi.stubEnv('CLANFORGE_SECRET_KEY', 'word')
    expect(await authorizationOf({ accessKey: 'option' })).toBe(basic('option:word'))
  })

  test('can be functions, which are called once per call, so that keys can rotate', async () => {
    const { fetch, requests } = recorder()
    let generation = 0
    const client = createClient({
      accountserviceid: 1,
      fetch,
      accessKey: () => `key${++generation}`,
      secretKey: async () => `word${generation}`,
    })
    await client.queueImageInstall(job)
    await client.queueImageInstall(job)
    const sent = requests.map(({ headers }) => headers.get('authorization'))
    expect(sent).toEqual([basic('key1:word1'), basic('key2:word2')])
  })

  test.each<[string, Security]>([
    ['needs none', [null]],
    ['makes them optional', [null, 'key']],
  ])('are not sent if a call %s and none are given', async (_what, security) => {
    const { fetch, requests } = recorder(() => new Response(null, { status: 204 }))
    const key = { scheme: 'bearer', secrets: [{ option: 'token' }] } as const
    const client = makeClient({ ...contractOf({ security }), securitySchemes: { key } }, { fetch })
    await client.call?.({})
    expect(requests.map(({ headers }) => headers.has('authorization'))).toEqual([false])
  })
})

describe('credentials are rejected', () => {
  test('if there are none, with every way to set them', async () => {
    expect(await problemWith({})).toBe(
      'no credentials. Set `accessKey` (CLANFORGE_ACCESS_KEY) and `secretKey` (CLANFORGE_SECRET_KEY), or `token` (CLANFORGE_TOKEN).',
    )
  })

  test('if one is missing, by its name', async () => {
    expect(await problemWith({ accessKey: 'a' })).toBe('`secretKey` (CLANFORGE_SECRET_KEY) is required.')
    expect(await problemWith({ secretKey: 'a' })).toBe('`accessKey` (CLANFORGE_ACCESS_KEY) is required.')
  })

  test('if keys and token are given together, as options or in the environment', async () => {
    const together =
      '`accessKey` (CLANFORGE_ACCESS_KEY) and `token` (CLANFORGE_TOKEN) are given together. Give one kind of credentials.'
    expect(await problemWith({ accessKey: 'a', token: 'b', ...host })).toBe(together)
    vi.stubEnv('CLANFORGE_ACCESS_KEY', 'a')
    vi.stubEnv('CLANFORGE_TOKEN', 'b')
    expect(await problemWith(host)).toBe(together)
  })

  test('if a token has no base URL, with both hosts', async () => {
    const message = await problemWith({ token: 'abc' })
    expect(message).toContain(
      '`token` (CLANFORGE_TOKEN) requires `baseUrl` (CLANFORGE_BASE_URL), because it is valid for one server only.',
    )
    expect(message).toContain('Set it to https://api.multiplay.co.uk or https://api.multiplay.dev.')
    vi.stubEnv('CLANFORGE_BASE_URL', 'https://api.multiplay.dev')
    expect(await authorizationOf({ token: 'abc' })).toBe('Bearer abc')
  })

  test.each(['a:b', 'a\u0000b', 'a\u007f', '', 7])('if the access key is %j', async (accessKey) => {
    expect(await problemWith({ accessKey, secretKey: 'good' })).toBe(
      '`accessKey` (CLANFORGE_ACCESS_KEY) must be a non-empty string without colons and control characters.',
    )
  })

  test.each(['a\nb', 'a\n', '\r', '\ud800', '', () => null])('if the secret key is %j', async (secretKey) => {
    expect(await problemWith({ accessKey: 'good', secretKey })).toBe(
      '`secretKey` (CLANFORGE_SECRET_KEY) must be a non-empty string without control characters.',
    )
  })

  test('if a function provides none', async () => {
    expect(await problemWith({ accessKey: 'good', secretKey: () => undefined })).toBe(
      '`secretKey` (CLANFORGE_SECRET_KEY) is required.',
    )
  })

  test.each(['schlüssel', 'two words', 'line\nbreak', '\t', '', 'a\u007f'])('if the token is %j', async (token) => {
    const message = await problemWith({ token, ...host })
    expect(message).toBe('`token` (CLANFORGE_TOKEN) must be printable ASCII without spaces.')
  })

  test.each([
    [
      'throws',
      () => {
        throw new Error('vault is sealed')
      },
    ],
    ['rejects', async () => Promise.reject(new Error('vault is sealed'))],
  ])('if a function that provides one %s', async (_how, secretKey) => {
    const error = await failureOf(
      createClient({ accountserviceid: 1, accessKey: 'a', secretKey }).queueImageInstall(job),
    )
    expect(error).toMatchObject({ name: 'ConfigurationError', cause: { message: 'vault is sealed' } })
    expect(error.message).toContain('a function that provides credentials failed. See `cause`.')
  })
})

const keys = { accessKey: 'a', secretKey: 'b' }

test.each<[ClientOptions, string, string]>([
  [{}, 'missing', 'credentials'],
  [{ accessKey: 'a' }, 'missing', 'secretKey'],
  [{ token: 'a' }, 'missing', 'baseUrl'],
  [{ accessKey: 'a:', secretKey: 'b' }, 'invalid', 'accessKey'],
  [{ accessKey: 'a', token: 'b', ...host }, 'conflict', 'credentials'],
  [{ ...keys, baseUrl: 'http://api.example' }, 'insecure', 'baseUrl'],
])('the problem with %j is also data, with the code %s and the name %s', async (options, code, name) => {
  const error = await failureOf(createClient({ accountserviceid: 1, ...options }).queueImageInstall(job))
  expect(error.problems).toMatchObject([{ code, name }])
})

describe('the base URL', () => {
  test('is the option, otherwise the environment variable, otherwise the first server of the contract', async () => {
    const { fetch, requests } = recorder()
    const queue = (baseUrl?: string) =>
      createClient({ ...keys, accountserviceid: 1, fetch, baseUrl }).queueImageInstall(job)
    await queue()
    vi.stubEnv('CLANFORGE_BASE_URL', 'https://from.environment/')
    await queue()
    await queue('https://from.option/prefix/')
    expect(requests.map(({ url }) => url.replace(/\/cfp.*/, ''))).toEqual([
      'https://api.multiplay.co.uk',
      'https://from.environment',
      'https://from.option/prefix',
    ])
  })

  test.each([
    ['http://127.0.0.1:4010 ', 'http://127.0.0.1:4010'],
    ['https://API.example/a b/', 'https://api.example/a%20b'],
  ])('%j is normalized as a URL', async (baseUrl, expected) => {
    const { url } = await sentWith({ baseUrl })
    expect(url.replace(/\/cfp.*/, '')).toBe(expected)
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
  ])('%j is rejected without repeating it', async (baseUrl) => {
    const message = await problemWith({ ...keys, baseUrl })
    expect(message).toBe(
      '`baseUrl` (CLANFORGE_BASE_URL) must be an HTTP or HTTPS URL without credentials, query and fragment.',
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
  ])('%s receives credentials', async (baseUrl) => {
    expect(await authorizationOf({ ...keys, baseUrl })).toBe(basic('a:b'))
  })

  test.each([
    'http://api.multiplay.co.uk',
    'http://notlocalhost',
    'http://localhost.example',
    'http://127.0.0.1.example',
    'http://128.0.0.1',
    'http://[::2]',
  ])('%s receives no credentials', async (baseUrl) => {
    const message = await problemWith({ ...keys, baseUrl })
    const { host } = new URL(baseUrl)
    expect(message).toBe(
      `credentials must not be sent to ${host} over plain HTTP. Use HTTPS, or set \`allowHttpHost: '${host}'\`.`,
    )
  })

  test('may be one allowed host over plain HTTP, with any port or a certain one', async () => {
    const baseUrl = 'http://fleet.internal:8080'
    expect(await authorizationOf({ ...keys, baseUrl, allowHttpHost: 'fleet.internal' })).toBe(basic('a:b'))
    expect(await authorizationOf({ ...keys, baseUrl, allowHttpHost: 'fleet.internal:8080' })).toBe(basic('a:b'))
    expect(await problemWith({ ...keys, baseUrl, allowHttpHost: 'fleet.internal:80' })).toContain('over plain HTTP')
    expect(await problemWith({ ...keys, baseUrl, allowHttpHost: 'internal' })).toContain('over plain HTTP')
    expect(await problemWith({ ...keys, baseUrl, allowHttpHost: 8080 })).toContain('over plain HTTP')
    expect(await problemWith({ ...keys, baseUrl: 'http://undefined' })).toContain('over plain HTTP')
    expect(await authorizationOf({ ...keys, baseUrl, allowHttpHost: 'Fleet.Internal' })).toBe(basic('a:b'))
    const usual = 'http://fleet.internal'
    expect(await authorizationOf({ ...keys, baseUrl: usual, allowHttpHost: 'fleet.internal:80' })).toBe(basic('a:b'))
  })

  test('may be any host if no operation needs credentials', async () => {
    const fetch = vi.fn(async () => new Response(null, { status: 204 }))
    const options = { fetch, baseUrl: 'http://api.example' }
    const open = contractOf({})
    await makeClient(open, options).call?.({})
    expect(fetch).toHaveBeenCalledOnce()
    const half = makeClient({ ...open, security: [null, 'key'] }, options)
    expect((await failureOf(half.call?.({}) ?? Promise.resolve())).message).toContain('over plain HTTP')
    expect(fetch).toHaveBeenCalledOnce()
  })

  test('must be loopback in a browser, unless the option allows it or fetch is given', async () => {
    const { fetch, requests } = recorder()
    vi.stubGlobal('process', undefined)
    vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156' })
    vi.stubGlobal('fetch', fetch)
    const queue = (options: ClientOptions) =>
      createClient({ ...keys, accountserviceid: 1, ...options }).queueImageInstall(job)
    expect((await failureOf(queue({}))).message).toBe(
      'queueImageInstall: a web page cannot keep credentials secret. Call from a server, or set `dangerouslyAllowBrowser: true`.',
    )
    vi.stubGlobal('navigator', undefined)
    vi.stubGlobal('document', {})
    expect((await failureOf(queue({}))).message).toContain('a web page')
    expect(requests).toEqual([])
    for (const allowed of [{ dangerouslyAllowBrowser: true }, { baseUrl: 'http://localhost:4010' }, { fetch }])
      expect(await queue(allowed)).toEqual(mirrorJob)
  })

  test('may be any host in a test environment that imitates a browser on Node', async () => {
    vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0 (linux) AppleWebKit/537.36 (KHTML, like Gecko) jsdom/28.0.0' })
    vi.stubGlobal('document', {})
    expect(await authorizationOf(keys)).toBe(basic('a:b'))
  })
})

describe('an environment', () => {
  test.each([
    ['does not exist', undefined],
    ['has no variables', {}],
    [
      'must not be read',
      {
        get env() {
          throw new Error('NotCapable')
        },
      },
    ],
    [
      'has a variable that must not be read',
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
  ])('that %s counts as empty', async (_name, process) => {
    vi.stubGlobal('process', process)
    const message = await problemWith({})
    vi.unstubAllGlobals()
    expect(message).toContain('no credentials')
  })

  test('whose requests have no cache is used without that option, as workerd requires', async () => {
    const has = (request: Request, name: string | symbol) => name !== 'cache' && name in request
    const get = (request: Request, name: string) => Reflect.get(request, name, request)
    const construct = (original: typeof Request, [url, init]: [string, RequestInit]) =>
      new Proxy(new original(url, init), { has, get })
    vi.stubGlobal('Request', new Proxy(Request, { construct }))
    expect((await sentWith()).init).not.toHaveProperty('cache')
  })
})
