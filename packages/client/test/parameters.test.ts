import { afterEach, describe, expect, test, vi } from 'vitest'
import { createClient } from '../src/index.ts'
import {
  failureOf,
  jsonResponse,
  keys,
  mirrorJob,
  queueFrom,
  queueThrough,
  recorder,
  sentWith,
} from './support/calls.ts'

afterEach(() => vi.unstubAllEnvs())

const baseUrl = 'http://127.0.0.1'

/** Calls as JavaScript can, without types in the way. */
async function queue(parameters: unknown, options: object = {}): Promise<string> {
  const { fetch, requests } = recorder()
  const client = createClient({ ...keys, baseUrl, fetch, ...options })
  const untyped = client as unknown as { queueImageInstall(parameters: unknown): Promise<unknown> }
  const error = await untyped.queueImageInstall(parameters).then(
    () => undefined,
    (failure: Error) => failure,
  )
  if (!error) return `${requests[0]?.url}`
  expect(requests).toEqual([])
  expect(error).toMatchObject({ name: 'ConfigurationError', code: 'configuration', outcome: 'not-sent' })
  return error.message
}

describe('a wrong parameter is rejected before anything is sent', () => {
  test.each([
    ['12', '`jobid` must be an integer, but is "12"'],
    [0, '`jobid` must be at least 1, but is 0'],
    [1.5, '`jobid` must be an integer, but is 1.5'],
    [2 ** 53, '`jobid` must be an integer that JavaScript can represent exactly, but is 9007199254740992'],
    [Number.NaN, '`jobid` must be an integer, but is NaN'],
    [Number.POSITIVE_INFINITY, '`jobid` must be an integer, but is Infinity'],
    [1234n, '`jobid` must be an integer, but is 1234'],
    [[1234], '`jobid` must be an integer, but is [1234]'],
    [Object.create(null), '`jobid` must be an integer, but is {}'],
    [{ big: 1n }, '`jobid` must be an integer, but is an object'],
    [null, '`jobid` is required'],
    [undefined, '`jobid` is required'],
    ['x'.repeat(100), `\`jobid\` must be an integer, but is "${'x'.repeat(59)}…`],
  ])('jobid %s', async (jobid, message) => {
    expect(await queue({ jobid, mirroring: true, accountserviceid: 1 })).toBe(`queueImageInstall: ${message}.`)
  })

  test.each(['yes', 1, 'true', 0])('mirroring %j', async (mirroring) => {
    const message = await queue({ jobid: 1, mirroring, accountserviceid: 1 })
    expect(message).toBe(`queueImageInstall: \`mirroring\` must be true or false, but is ${JSON.stringify(mirroring)}.`)
  })

  test('accountserviceid is not given, with every way to set it', async () => {
    expect(await queue({ jobid: 1, mirroring: true })).toBe(
      'queueImageInstall: `accountserviceid` is required. Pass it, set the client option `accountserviceid`, or set CLANFORGE_ACCOUNT_SERVICE_ID.',
    )
  })

  test('accountserviceid from the environment', async () => {
    for (const text of ['12a', '0x10', '012', '1.5']) {
      vi.stubEnv('CLANFORGE_ACCOUNT_SERVICE_ID', text)
      expect(await queue({ jobid: 1, mirroring: true })).toBe(
        `queueImageInstall: \`accountserviceid\` must be an integer, but CLANFORGE_ACCOUNT_SERVICE_ID is "${text}".`,
      )
    }
  })

  test('no parameters at all', async () => {
    expect(await queue(undefined)).toContain('`jobid` is required')
    expect(await queue(null)).toContain('`jobid` is required')
  })
})

describe('an unknown name is rejected before anything is sent', () => {
  const rest = { jobid: 1, mirroring: true, accountserviceid: 1 }

  test.each([
    ['accountServiceId', 'Did you mean `accountserviceid`?'],
    ['account_service_id', 'Did you mean `accountserviceid`?'],
    ['jobID', 'Did you mean `jobid`?'],
    ['mirorring', 'Did you mean `mirroring`?'],
    ['region', 'Known names: `jobid`, `accountserviceid`, `mirroring`.'],
    ['body', 'Known names: `jobid`, `accountserviceid`, `mirroring`.'],
  ])('as a parameter, even if undefined: %s', async (name, help) => {
    for (const value of [9, undefined])
      expect(await queue({ ...rest, [name]: value })).toBe(
        `queueImageInstall: \`${name}\` is not a known parameter. ${help}`,
      )
  })

  test('as a client option', async () => {
    expect(await queue(rest, { accountServiceId: 9 })).toBe(
      'queueImageInstall: `accountServiceId` is not a known client option. Did you mean `accountserviceid`?',
    )
    expect(await queue(rest, { region: 9 })).toContain('`region` is not a known client option. Known names: ')
  })

  test('as a call option', async () => {
    const timeout: object = { timeout: 5 }
    const message = '`timeout` is not a known call option. Did you mean `timeoutMs`?'
    expect(await failureOf(queueFrom(baseUrl, {}, timeout))).toMatchObject({
      problems: [{ code: 'unknown', name: 'timeout', message }],
    })
  })
})

describe('a valid parameter', () => {
  test.each([1, 1234, Number.MAX_SAFE_INTEGER])('jobid %i is in the path', async (jobid) => {
    expect(await queue({ jobid, mirroring: false, accountserviceid: 5678 })).toBe(
      `${baseUrl}/cfp/v1/imageinstall/${jobid}/queue?accountserviceid=5678&mirroring=false`,
    )
  })

  test('takes precedence over the option, and the option over the environment', async () => {
    vi.stubEnv('CLANFORGE_ACCOUNT_SERVICE_ID', '3')
    const rest = { jobid: 1, mirroring: true }
    expect(await queue(rest)).toContain('accountserviceid=3&')
    expect(await queue(rest, { accountserviceid: 2 })).toContain('accountserviceid=2&')
    expect(await queue({ ...rest, accountserviceid: 1 }, { accountserviceid: 2 })).toContain('accountserviceid=1&')
  })
})

test('a wrong parameter is shown as given, whatever the environment contains', async () => {
  vi.stubEnv('CLANFORGE_ACCOUNT_SERVICE_ID', '3')
  expect((await failureOf(queueFrom(baseUrl, { accountserviceid: 0 }))).message).toMatch(
    /`accountserviceid` must be at least 1, but is 0\.$/,
  )
  vi.unstubAllEnvs()
})

describe('a call option', () => {
  test('headers: undefined values are not sent, and the last of two spellings counts', async () => {
    // As JavaScript passes a variable that may be undefined.
    const headers = { 'x-trace': undefined, 'x-a': '1', 'X-A': '2' } as unknown as Record<string, string>
    const sent = (await sentWith({}, { headers })).headers
    expect([sent.has('x-trace'), sent.get('x-a')]).toEqual([false, '2'])
  })

  test('headers: they are sent, and do not replace credentials', async () => {
    const sent = (await sentWith({}, { headers: { 'x-deploy': '42', authorization: 'Basic other' } })).headers
    expect(sent.get('x-deploy')).toBe('42')
    expect(sent.get('authorization')).toBe(`Basic ${btoa('test-access-key:test-secret-key')}`)
  })

  test.each([
    ['bad name', 'x'],
    ['x-canary', 'line\nbreak'],
  ])('headers: one that HTTP does not allow is rejected by name: %s', async (name, value) => {
    const headers = { 'x-good': '1', [name]: value }
    const { fetch, requests } = recorder()
    const error = await failureOf(queueThrough(fetch, {}, { headers }))
    expect(error).toMatchObject({ name: 'ConfigurationError' })
    expect(error.message).toBe(
      `queueImageInstall: the header \`${name}\` has a name or value that HTTP does not allow.`,
    )
    expect(error).not.toHaveProperty('cause')
    expect(requests).toEqual([])
  })

  test.each([
    [{ timeoutMs: 0 }, '`timeoutMs` must be more than 0 and less than 2 ** 31, but is 0.'],
    [{ timeoutMs: Number.NaN }, '`timeoutMs` must be more than 0 and less than 2 ** 31, but is NaN.'],
    [{ timeoutMs: 2 ** 31 - 0.5 }, '`timeoutMs` must be more than 0 and less than 2 ** 31, but is 2147483647.5.'],
    [{ maxRetries: -1 }, '`maxRetries` must be an integer, at least 0, but is -1.'],
    [{ maxRetries: Number.NaN }, '`maxRetries` must be an integer, at least 0, but is NaN.'],
    [{ maxRetries: Number.POSITIVE_INFINITY }, '`maxRetries` must be an integer, at least 0, but is Infinity.'],
    [{ signal: new AbortController() }, '`signal` must be the `signal` of an AbortController.'],
  ])('that is wrong is rejected: %j', async (own: object, message) => {
    const { fetch, requests } = recorder()
    const error = await failureOf(queueThrough(fetch, {}, own))
    expect(error).toMatchObject({ name: 'ConfigurationError', message: `queueImageInstall: ${message}` })
    expect(error.problems).toEqual([{ code: 'invalid', name: Object.keys(own)[0], message }])
    expect(requests).toEqual([])
  })

  test('fetch receives a user agent with the versions of client and contract, outside browsers or through a given `fetch`', async () => {
    const { fetch, requests } = recorder()
    vi.stubGlobal('fetch', fetch)
    await queueFrom(baseUrl)
    vi.stubGlobal('process', undefined)
    vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0' })
    await queueThrough(fetch)
    await queueFrom(baseUrl)
    vi.unstubAllGlobals()
    const versions = expect.stringMatching(/^image-install-queue\/\d+\.\d+\.\d+ contract\/\d+\.\d+\.\d+$/)
    expect(requests.map(({ headers }) => headers.get('user-agent'))).toEqual([versions, versions, null])
  })

  test('the request is neither cached nor redirected', async () => {
    expect((await sentWith()).init).toMatchObject({ method: 'GET', redirect: 'manual', cache: 'no-store' })
  })

  test('fetch is looked up at each call', async () => {
    const client = createClient({ ...keys, baseUrl, accountserviceid: 1 })
    vi.stubGlobal('fetch', async () => jsonResponse(mirrorJob))
    const job = await client.queueImageInstall({ jobid: 1, mirroring: true })
    vi.unstubAllGlobals()
    expect(job).toEqual(mirrorJob)
  })
})
