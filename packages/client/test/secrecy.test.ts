import { inspect } from 'node:util'
import { describe, expect, test, vi } from 'vitest'
import { type ClientOptions, createClient, type Logger } from '../src/index.ts'
import { validate } from '../src/validate.ts'
import { failureOf, jsonResponse, queueFrom, queueThrough } from './support/calls.ts'
import { freePort, listen, serve } from './support/servers.ts'

const accessKey = 'CANARY-access/key é'
const secretKey = 'CANARY-secret/"key" ✓'
const token = 'CANARY/token+with=signs'
const encoded = Buffer.from(`${accessKey}:${secretKey}`).toString('base64')

/** Strings that reveal one of the secrets. */
const canaries = [
  'CANARY',
  encoded,
  encoded.replaceAll('/', '\\/'),
  encodeURIComponent(encoded),
  Buffer.from(token).toString('base64'),
]

/** Everything that an error and the log show. */
async function traces(options: ClientOptions, parameters: object = {}, own: object = {}): Promise<string> {
  const lines: unknown[] = []
  const record = (...line: unknown[]) => lines.push(line)
  const logger: Logger = { info: record, warn: record, error: record }
  const client = createClient({ accountserviceid: 1, maxRetries: 1, logger, ...options })
  vi.spyOn(Math, 'random').mockReturnValue(0)
  const error = await failureOf(client.queueImageInstall({ jobid: 1, mirroring: true, ...parameters }, own))
  vi.restoreAllMocks()
  const seen = [error, error.cause, lines, client, { ...error }]
  const causes = [error.stack, (error.cause as Error | undefined)?.stack]
  return [
    ...seen.map((value) => inspect(value, { depth: 20, showHidden: true, getters: true })),
    ...causes,
    JSON.stringify(error),
    JSON.stringify(lines),
    String(error),
  ].join('\n')
}

/** Echoes the headers of the request, as debug pages do. */
const echo = (status: number, write: (authorization: string) => string, headers: object = {}) =>
  serve((request, response) => {
    response.writeHead(status, { 'x-request-id': request.headers.authorization, ...headers })
    response.end(write(request.headers.authorization ?? ''))
  })

const raw = (authorization: string) => {
  const credentials = authorization.replace(/^\w+ /, '')
  const known = authorization.startsWith('Basic') ? [Buffer.from(credentials, 'base64'), accessKey, secretKey] : [token]
  return [authorization, credentials, encodeURIComponent(credentials), ...known].join(' ')
}

test('a key of digits is redacted if the server repeats it as a number', async () => {
  const { url: baseUrl } = await serve((_, response) => {
    response.writeHead(400).end('{"error":true,"error_code":12345678,"messages":[12345678,1]}')
  })
  const seen = await traces({ baseUrl, accessKey: '12345678', secretKey: 'another' })
  expect(seen).toContain('[redacted]')
  expect(seen).not.toContain('error_code: 12345678')
  expect(seen).not.toMatch(/error_code\D+12345678|messages\D+12345678/)
})

test('a list in an error stays a list, with redacted keys', async () => {
  const error = await errorAbout('{"error":true,"messages":["your key is CANARY",7]}', 'user', 'CANARY')
  expect(error).toMatchObject({ messages: ['your key is [redacted]', 7] })
})

/** The error of a call whose response is this text. */
async function errorAbout(text: string, accessKey: string, secretKey: string) {
  const { url: baseUrl } = await serve((_request, response) => response.writeHead(400).end(text))
  return failureOf(queueFrom(baseUrl, { accessKey, secretKey }))
}

const failures: [string, () => Promise<{ baseUrl: string } & ClientOptions>][] = [
  ['the name does not resolve', async () => ({ baseUrl: 'https://no-such-host.invalid' })],
  ['the connection is refused', async () => ({ baseUrl: `http://127.0.0.1:${await freePort()}` })],
  ['TLS fails', async () => ({ baseUrl: `https://127.0.0.1:${(await listen((socket) => socket.end('no'))).port}` })],
  ['the port is blocked', async () => ({ baseUrl: 'http://127.0.0.1:1' })],
  ['the connection is reset', async () => ({ baseUrl: (await listen((socket) => socket.resetAndDestroy())).url })],
  ['the time ends', async () => ({ baseUrl: (await listen(() => {})).url, timeoutMs: 20 })],
  ['a page echoes the request', async () => ({ baseUrl: (await echo(500, raw)).url })],
  [
    'JSON echoes the request',
    async () => ({ baseUrl: (await echo(400, (text) => JSON.stringify({ text: raw(text) }))).url }),
  ],
  [
    'JSON echoes the request with escapes',
    async () => {
      const escaped = (text: string) =>
        JSON.stringify({ text: raw(text) }).replace(
          /[/\u0080-\uffff]/g,
          (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
        )
      return { baseUrl: (await echo(500, escaped)).url }
    },
  ],
  [
    'JSON echoes the request as PHP writes it',
    async () => ({
      baseUrl: (await echo(500, (text) => JSON.stringify({ text: raw(text) }).replaceAll('/', '\\/'))).url,
    }),
  ],
  [
    'the error envelope echoes the request',
    async () => ({
      baseUrl: (
        await echo(200, (text) => JSON.stringify({ error: true, error_message: raw(text), messages: [raw(text)] }))
      ).url,
    }),
  ],
  ['a malformed success echoes the request', async () => ({ baseUrl: (await echo(200, raw)).url })],
  [
    'a redirect echoes the request',
    async () => ({
      baseUrl: (
        await echo(302, () => '', {
          location: 'https://CANARY:CANARY@x.test/login?k=CANARY#CANARY',
        })
      ).url,
    }),
  ],
  [
    'fetch throws what it was called with',
    async () => ({
      baseUrl: 'http://127.0.0.1',
      fetch: async (input, init) => {
        const sent = new Headers(init?.headers).get('authorization') ?? ''
        const cause = Object.assign(new Error(raw(sent)), { code: sent, config: init })
        throw Object.assign(new Error(`${input} failed with ${raw(sent)}`, { cause }), { request: init })
      },
    }),
  ],
]

describe('no credential is in any error, cause, stack or log line', () => {
  test.each(failures)('when %s', async (_name, options) => {
    const prepared = await options()
    for (const credentials of [{ accessKey, secretKey }, { token }]) {
      const text = await traces({ ...credentials, ...prepared })
      for (const canary of canaries) expect(text).not.toContain(canary)
    }
  })

  test.each([
    ['the access key has a colon', { accessKey: `${accessKey}:`, secretKey }],
    ['the secret key has a line break', { accessKey, secretKey: `${secretKey}\n` }],
    ['the token is not ASCII', { token: `${token}é`, baseUrl: 'https://x.test' }],
    ['the token has a line break', { token: `${token}\n`, baseUrl: 'https://x.test' }],
    ['keys and token are given together', { accessKey, secretKey, token }],
    ['a token has no base URL', { token }],
    ['the base URL contains credentials', { accessKey, secretKey, baseUrl: 'https://CANARY:CANARY@x.test' }],
    ['the host is foreign', { accessKey, secretKey, baseUrl: 'http://x.test' }],
  ])('when %s', async (_name, options) => {
    const text = await traces(options)
    for (const canary of canaries) expect(text).not.toContain(canary)
  })

  test('when a header of the call is not allowed', async () => {
    const text = await traces({ accessKey, secretKey }, {}, { headers: { 'x-api-token': 'CANARY\n' } })
    for (const canary of canaries) expect(text).not.toContain(canary)
  })

  test('when the response violates the contract', async () => {
    const fetch = async () => jsonResponse({ versionmirrorid: 'x' })
    const options: ClientOptions = { accessKey, secretKey, fetch, validate, onContractViolation: 'throw' }
    const text = await traces({ ...options, baseUrl: 'http://127.0.0.1' })
    for (const canary of canaries) expect(text).not.toContain(canary)
  })

  test('no credential is in the client when it is printed', () => {
    const client = createClient({ accessKey, secretKey })
    expect(inspect(client, { depth: 20, showHidden: true }) + JSON.stringify(client)).not.toContain('CANARY')
  })
})

test('keys of fewer than four characters are not redacted', async () => {
  expect((await errorAbout('a bad request', 'a', 'bad')).body).toBe('a bad request')
})

test.each([
  ['clan', 'clanforge-CANARY', 'bad key clanforge-CANARY', 'bad key [redacted]'],
  ['user', 'sec-CANARY', '{"messages":{"sec-CANARY":{"code":1}}}', '{"messages":{"[redacted]":{"code":1}}}'],
  ['user', 'aa?>/CANARY', '<pre>{"key":"aa?>\\/CANARY"}</pre>', '<pre>{"key":"[redacted]"}</pre>'],
  ['user', 'a"CANARY', '<pre>{"key":"a\\"CANARY"}</pre>', '<pre>{"key":"[redacted]"}</pre>'],
])('a key is redacted as a whole next to %s, in a name and escaped: %s', async (accessKey, secretKey, text, body) => {
  expect((await errorAbout(text, accessKey, secretKey)).body).toBe(body)
})

const odd = 'CANARY!s+w/(ö)?&"<1>\'~ 2'
const basicPair = Buffer.from(`user-CANARY:${odd}`).toString('base64')
const forms: [string, string][] = [
  ['as it is', odd],
  ['as JSON writes it', JSON.stringify(odd)],
  ['as PHP writes JSON', JSON.stringify(odd).replaceAll('/', '\\/')],
  ['percent-encoded', encodeURIComponent(odd)],
  ['percent-encoded in lower case', encodeURIComponent(odd).replace(/%../g, (byte) => byte.toLowerCase())],
  ['in base64', basicPair],
  ['in base64 without padding', basicPair.replace(/=+$/, '')],
  ['in percent-encoded base64', encodeURIComponent(basicPair)],
]

test.each(forms)('a key is redacted %s', async (_form, written) => {
  const { body } = await errorAbout(`<${written}>`, 'user-CANARY', odd)
  expect(body).toMatch(/^<"?\[redacted\](=|%3D)*"?>$/)
})

test.each([
  ['as it is', (key: string) => key],
  ['percent-encoded', encodeURIComponent],
])('a key %s is redacted if a long body is truncated within it', async (_how, spell) => {
  const secretKey = `CANARY${'/very-long'.repeat(9)}`
  const fetch = async () => new Response(`${spell(secretKey)} `.repeat(1000), { status: 500 })
  const { body } = await failureOf(queueThrough(fetch, { accessKey: 'user', secretKey }))
  expect(body).toContain('[redacted]')
  expect(body).not.toContain('CANARY')
})

test('a key is redacted if the body ends within it; seven characters are kept, eight may be its start', async () => {
  const cut = async (end: string) => {
    const { url: baseUrl } = await serve((request, response) => {
      response.writeHead(500, { 'content-length': '100' })
      response.write(`see: ${end}`, () => request.socket.destroy())
    })
    return (await failureOf(queueFrom(baseUrl, { accessKey: 'user', secretKey: 'CANARY-very-long' }))).body
  }
  expect(await cut('CANARY-')).toBe('see: CANARY-')
  expect(await cut('CANARY-v')).toBe('see: [redacted]')
  expect(await cut('CANARY-very-lo')).toBe('see: [redacted]')
})

test('a key of four characters is redacted', async () => {
  expect((await errorAbout('your key 1234 is wrong', 'user', '1234')).body).toBe('your key [redacted] is wrong')
})
