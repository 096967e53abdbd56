import { describe, expect, test, vi } from 'vitest'
import { makeClient } from '../src/client.ts'
import { failureOf, jsonResponse, mirrorJob, queueFrom, queueThrough } from './support/calls.ts'
import { contractOf } from './support/one-operation.ts'
import { serverReturning } from './support/servers.ts'

const path = '/cfp/v1/imageinstall/1234/queue'
const job = JSON.stringify(mirrorJob)

describe('a result', () => {
  test.each([
    ['JSON', 'application/json'],
    ['JSON declared as HTML', 'text/html; charset=utf-8'],
    ['JSON without content type', ''],
  ])('is %s', async (_name, type) => {
    const { url } = await serverReturning(job, 200, type ? { 'content-type': type } : {})
    expect(await queueFrom(url)).toEqual(mirrorJob)
  })

  test('may arrive in pieces that split a character', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify({ ...mirrorJob, joberror: 'größer 🎮' }))
    const body = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      },
    })
    expect(await queueThrough(async () => new Response(body))).toMatchObject({ joberror: 'größer 🎮' })
  })

  test('may have a status that the contract does not declare', async () => {
    expect(await queueThrough(async () => jsonResponse(mirrorJob, { status: 202 }))).toEqual(mirrorJob)
  })

  test('has its response on request', async () => {
    const { url } = await serverReturning(job, 200, { 'x-request-id': 'abc' })
    const { data, response } = await queueFrom(url).withResponse()
    expect(data).toEqual(mirrorJob)
    expect([response.status, response.headers.get('x-request-id'), response.bodyUsed]).toEqual([200, 'abc', true])
  })

  test('whose response is requested fails only there', async () => {
    const { url } = await serverReturning('', 500)
    expect(await failureOf(queueFrom(url).withResponse())).toMatchObject({ name: 'HttpError', status: 500 })
  })
})

describe('an error that the API reports', () => {
  const envelope = { success: false, error: true, error_code: 1, error_message: 'image locked', messages: ['a', 'b'] }

  test('with status 200 is rejected', async () => {
    const { url } = await serverReturning(JSON.stringify(envelope))
    const error = await failureOf(queueFrom(url))
    expect(error).toMatchObject({
      name: 'ApiError',
      code: 'api',
      outcome: 'rejected',
      status: 200,
      error_code: 1,
      error_message: 'image locked',
      messages: ['a', 'b'],
    })
    expect(error.message).toBe(
      `queueImageInstall: GET ${url}${path} returned an error: image locked (status 200, error_code 1)`,
    )
  })

  test('without fields has none', async () => {
    const error = await failureOf(queueThrough(async () => jsonResponse({ error: true })))
    expect(error.message).toMatch(/ returned an error: no message \(status 200\)$/)
    expect(error).not.toHaveProperty('error_code')
  })

  test('keeps its fields whole and shortens only the message', async () => {
    const error_message = 'x'.repeat(10_000)
    const error = await failureOf(
      queueThrough(async () => jsonResponse({ error: true, error_code: 'odd', error_message })),
    )
    expect(error).toMatchObject({ error_code: 'odd', error_message })
    expect(error.message.length).toBeLessThan(700)
  })
})

describe('an error status', () => {
  test.each([
    [300, 'rejected'],
    [399, 'rejected'],
    [400, 'rejected'],
    [406, 'rejected'],
    [408, 'unknown'],
    [409, 'rejected'],
    [429, 'rejected'],
    [499, 'rejected'],
    [500, 'unknown'],
    [599, 'unknown'],
  ])('%i is %s', async (status, outcome) => {
    const { url } = await serverReturning('<h1>no</h1>', status, { 'content-type': 'text/html' })
    const error = await failureOf(queueFrom(url))
    expect(error).toMatchObject({ name: 'HttpError', code: 'http', outcome, status, body: '<h1>no</h1>' })
  })

  test('keeps only headers that cannot contain a secret', async () => {
    const headers = {
      'content-type': 'text/html',
      'x-request-id': '7',
      'set-cookie': 'session=1',
      'x-powered-by': 'php',
    }
    const { url } = await serverReturning('', 502, headers)
    const error = await failureOf(queueFrom(url))
    expect(error.headers).toEqual({ 'content-type': 'text/html', date: expect.any(String), 'x-request-id': '7' })
  })

  test('keeps the whole value of a header, whatever characters it contains', async () => {
    const { url } = await serverReturning('', 401, {
      'www-authenticate': 'Basic realm="//fleet@home?", charset="UTF-8" # 1',
    })
    const { headers } = await failureOf(queueFrom(url))
    expect(headers).toMatchObject({ 'www-authenticate': 'Basic realm="//fleet@home?", charset="UTF-8" # 1' })
  })

  test('keeps the first 4 kB of the body', async () => {
    const { url } = await serverReturning('x'.repeat(1_000_000), 500)
    const error = await failureOf(queueFrom(url))
    expect(error.body).toBe('x'.repeat(4096))
  })

  test('whose body never ends is reported by its status', async () => {
    const body = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('not fou')) })
    const error = await failureOf(queueThrough(async () => new Response(body, { status: 404 }), { timeoutMs: 20 }))
    expect(error).toMatchObject({ name: 'HttpError', status: 404, outcome: 'rejected', body: 'not fou' })
  })

  test('whose body is endless is read up to 64 KiB', async () => {
    let pulled = 0
    const body = new ReadableStream({
      pull(controller) {
        pulled++
        controller.enqueue(new Uint8Array(16 * 1024).fill(120))
      },
    })
    const error = await failureOf(queueThrough(async () => new Response(body, { status: 500 })))
    expect(error).toMatchObject({ name: 'HttpError', status: 500 })
    expect(pulled).toBeLessThan(10)
  })

  test.each([
    [400, ''],
    [401, ' Check the credentials and what they may access.'],
    [403, ' Check the credentials and what they may access.'],
    [
      502,
      ' The request may have been processed. Check with `listImageInstalls` before retrying. See https://docs.unity.com/en-us/clanforge/api/endpoints/image-install-queue',
    ],
  ])('%d has a message with what to check', async (status, advice) => {
    const error = await failureOf(queueThrough(async () => new Response('', { status })))
    expect(error.message).toBe(`queueImageInstall: GET http://127.0.0.1${path} returned status ${status}.${advice}`)
  })

  test('429 includes how long to wait and is not retried', async () => {
    const { url, requests } = await serverReturning('', 429, { 'retry-after': '7' })
    const error = await failureOf(queueFrom(url, { maxRetries: 2 }))
    expect(error).toMatchObject({ status: 429, retryAfterMs: 7000 })
    expect(error.message).toContain('returned status 429. Retry after 7000 ms.')
    expect(requests.length).toBe(1)
  })
})

describe('a redirect', () => {
  test('is not followed, and its target is shown without query and user', async () => {
    const { url: target, requests } = await serverReturning(job)
    const location = `${target.replace('//', '//user:word@')}/login?session=1#top`
    const { url } = await serverReturning('', 302, { location })
    const error = await failureOf(queueFrom(url))
    expect(error).toMatchObject({ name: 'HttpError', status: 302, outcome: 'rejected' })
    expect(error.headers).toMatchObject({ location: `${target}/login` })
    expect(error.message).toContain(`a redirect to ${target}/login, which is not followed. Check the base URL.`)
    expect(requests).toEqual([])
  })

  test('in a browser has no status', async () => {
    const hidden = Object.defineProperties(new Response(null), {
      status: { value: 0 },
      type: { value: 'opaqueredirect' },
    })
    expect(await failureOf(queueThrough(async () => hidden))).toMatchObject({
      name: 'HttpError',
      status: 0,
      outcome: 'rejected',
    })
  })
})

describe('a success status without a result', () => {
  test.each([
    ['', 'is empty'],
    ['{"versionmirrorid": 1,', 'is not JSON (content type missing)'],
    ['[]', 'is of type array'],
    ['"Queued"', 'is of type string'],
    ['null', 'is of type null'],
  ])('%j is malformed', async (body, found) => {
    const { url } = await serverReturning(body)
    const error = await failureOf(queueFrom(url))
    expect(error).toMatchObject({
      name: 'MalformedResponseError',
      code: 'malformed_response',
      outcome: 'unknown',
      status: 200,
    })
    expect(error.message).toContain(
      `returned status 200, but the body ${found}. The request may have been processed. Check with \`listImageInstalls\` before`,
    )
  })

  test('as 204 is malformed', async () => {
    const { url } = await serverReturning('', 204)
    expect(await failureOf(queueFrom(url))).toMatchObject({ name: 'MalformedResponseError', status: 204 })
  })

  test('of 64 MiB is read, and of one byte more is not', async () => {
    const fields = `{"joberror":"${'x'.repeat(64 * 1024 * 1024 - 15)}"}`
    expect(await queueThrough(async () => new Response(fields))).toHaveProperty('joberror')
    const error = await failureOf(queueThrough(async () => new Response(`${fields} `)))
    expect(error).toMatchObject({ name: 'MalformedResponseError', body: fields.slice(0, 4096) })
    expect(error.message).toContain('the body is larger than 67108864 bytes')
  })

  test.each([
    ['is too large', {}, new Uint8Array(65 * 1024 * 1024)],
    ['does not end in time', { timeoutMs: 20 }, new Uint8Array(1)],
  ])('cancels a body that %s, and ignores errors of that', async (_why, options, chunk) => {
    const cancel = vi.fn(() => Promise.reject(new Error('cannot be cancelled')))
    const body = new ReadableStream({ start: (controller) => controller.enqueue(chunk), cancel })
    await failureOf(queueThrough(async () => new Response(body), options))
    expect(cancel).toHaveBeenCalledOnce()
  })
})

test.each([
  [{ toString: 1, valueOf: 1 }, '{"toString":1,"valueOf":1}'],
  [['locked', 7], '["locked",7]'],
])('an error whose message is %j is an ApiError', async (error_message, reason) => {
  const error = await failureOf(queueThrough(async () => jsonResponse({ error: true, error_message })))
  expect(error).toMatchObject({ name: 'ApiError', outcome: 'rejected' })
  expect(error.message).toContain(`returned an error: ${reason} (status 200)`)
})

test('an error keeps its message if another field is nested too deeply to be redacted', async () => {
  const body = `{"error":true,"error_message":"locked","messages":${'['.repeat(20_000)}${']'.repeat(20_000)}}`
  const error = await failureOf(queueThrough(async () => new Response(body)))
  expect(error).toMatchObject({ name: 'ApiError', error_message: 'locked', messages: undefined })
  expect(error.message).toContain('returned an error: locked')
})

test('a result is not an error because of an inherited property', async () => {
  Object.defineProperty(Object.prototype, 'error', { value: true, configurable: true })
  const call = queueThrough(async () => jsonResponse(mirrorJob))
  const settled = await Promise.allSettled([call]).finally(() => Reflect.deleteProperty(Object.prototype, 'error'))
  expect(settled).toEqual([{ status: 'fulfilled', value: mirrorJob }])
})

test.each([
  [307, 'a redirect without a target, which is not followed'],
  [304, '(not modified), which this client did not request. Check for a cache or proxy in between.'],
])('%i without a body is explained', async (status, explanation) => {
  const error = await failureOf(queueThrough(async () => new Response(null, { status })))
  expect(error).toMatchObject({ name: 'HttpError', status, outcome: 'rejected' })
  expect(error.message).toContain(explanation)
})

test('an error of the API with an unknown outcome includes what to check', async () => {
  const error = await failureOf(
    queueThrough(async () => jsonResponse({ success: false, error: true }, { status: 500 })),
  )
  expect(error).toMatchObject({ name: 'ApiError', outcome: 'unknown' })
  expect(error.message).toContain(
    '(status 500). The request may have been processed. Check with `listImageInstalls` before retrying. See https://',
  )
})

test.each([
  [{ 200: 'unknown' }, 200, 'unknown'],
  [{ 500: 'rejected' }, 500, 'rejected'],
  [{ 400: 'unknown', default: 'rejected' }, 503, 'rejected'],
  [{ 400: 'unknown' }, 404, 'rejected'],
  [{ 400: 'unknown' }, 408, 'unknown'],
  [undefined, 503, 'unknown'],
] as const)('the outcome of an error is that of the contract, %j: %i is %s', async (outcomes, status, outcome) => {
  const inBandErrors = [{ when: [{ error: true }], fields: [] }]
  const contract = contractOf({ inBandErrors, ...(outcomes && { outcomes }) })
  const client = makeClient(contract, { fetch: async () => jsonResponse({ error: true }, { status }) })
  expect(await failureOf(client.call?.({}) ?? Promise.resolve())).toMatchObject({ name: 'ApiError', status, outcome })
})

test('an error, and nothing else, is recognized by isCallError of another copy of the package', async () => {
  vi.resetModules()
  const other = await import('../src/index.ts')
  const error = await failureOf(queueThrough(async () => new Response('', { status: 404 })))
  expect(error).not.toBeInstanceOf(other.HttpError)
  const others = [undefined, null, 'HttpError', new Error('x'), { name: 'HttpError' }]
  expect([error, ...others].filter((value) => other.isCallError(value))).toEqual([error])
})

test('an error can be written as JSON', async () => {
  const { url } = await serverReturning('', 404)
  const error = await failureOf(queueFrom(url))
  expect(JSON.parse(JSON.stringify(error))).toMatchObject({
    name: 'HttpError',
    code: 'http',
    outcome: 'rejected',
    operation: 'queueImageInstall',
    status: 404,
    message: error.message,
  })
  expect(error.stack).toContain('HttpError')
})
