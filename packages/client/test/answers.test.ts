import { describe, expect, test, vi } from 'vitest'
import { makeClient } from '../src/client.ts'
import { clientOf, failureOf, jsonResponse, mirrorJob, queueFrom, queueThrough } from './support/calls.ts'
import { contractOf } from './support/one-operation.ts'
import { answering } from './support/servers.ts'

const job = JSON.stringify(mirrorJob)

describe('a success', () => {
  test.each([
    ['JSON', 'application/json'],
    ['JSON called text', 'text/html; charset=utf-8'],
    ['JSON called nothing', ''],
  ])('is %s', async (_name, type) => {
    const { url } = await answering(job, 200, type ? { 'content-type': type } : {})
    expect(await queueFrom(url)).toEqual(mirrorJob)
  })

  test.each([{}, { success: true }, { error: false }, { success: true, error: false }])(
    'says so with %j or nothing',
    async (said) => {
      const body = { ...mirrorJob, ...said }
      expect(await queueThrough(async () => jsonResponse(body))).toEqual(body)
    },
  )

  test('may be large', async () => {
    const large = { ...mirrorJob, joberror: 'x'.repeat(5 * 1024 * 1024) }
    const { url } = await answering(JSON.stringify(large))
    expect(await queueFrom(url)).toEqual(large)
  })

  test('may come in pieces that cut a character', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify({ ...mirrorJob, joberror: 'größer 🎮' }))
    const body = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      },
    })
    expect(await queueThrough(async () => new Response(body))).toMatchObject({ joberror: 'größer 🎮' })
  })

  test('may have a status that the contract does not name', async () => {
    expect(await queueThrough(async () => jsonResponse(mirrorJob, { status: 202 }))).toEqual(mirrorJob)
  })

  test('comes with its response on request', async () => {
    const { url } = await answering(job, 200, { 'x-request-id': 'abc' })
    const { data, response } = await queueFrom(url).withResponse()
    expect(data).toEqual(mirrorJob)
    expect([response.status, response.headers.get('x-request-id'), response.bodyUsed]).toEqual([200, 'abc', true])
  })

  test('whose response was asked for fails there alone', async () => {
    const { url } = await answering('', 500)
    expect(await failureOf(queueFrom(url).withResponse())).toMatchObject({ name: 'HttpError', status: 500 })
  })
})

describe('an error that the API reports', () => {
  const envelope = { success: false, error: true, error_code: 1, error_message: 'image locked', messages: ['a', 'b'] }

  test.each([
    ['both marks', envelope],
    ['success false alone', { success: false, error_code: 1, error_message: 'image locked', messages: ['a', 'b'] }],
    ['error true alone', { error: true, error_code: 1, error_message: 'image locked', messages: ['a', 'b'] }],
    ['the fields of a job beside it', { ...mirrorJob, ...envelope }],
  ])('with status 200 and %s is rejected', async (_name, body) => {
    const { url } = await answering(JSON.stringify(body))
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
      'queueImageInstall: the API answered with an error: image locked (status 200, error_code 1)',
    )
  })

  test.each([
    [400, 'rejected'],
    [401, 'rejected'],
    [403, 'rejected'],
    [404, 'rejected'],
    [408, 'unknown'],
    [409, 'rejected'],
    [499, 'rejected'],
    [500, 'unknown'],
    [503, 'unknown'],
  ])('with status %i is %s', async (status, outcome) => {
    const { url } = await answering(JSON.stringify(envelope), status)
    expect(await failureOf(queueFrom(url))).toMatchObject({ name: 'ApiError', status, outcome, error_code: 1 })
  })

  test('without its fields has none', async () => {
    const error = await failureOf(queueThrough(async () => jsonResponse({ error: true })))
    expect(error.message).toBe('queueImageInstall: the API answered with an error: without a message (status 200)')
    expect(error).not.toHaveProperty('error_code')
  })

  test('keeps what is on the wire and cuts only the message', async () => {
    const error_message = 'x'.repeat(10_000)
    const error = await failureOf(
      queueThrough(async () => jsonResponse({ error: true, error_code: 'odd', error_message })),
    )
    expect(error).toMatchObject({ error_code: 'odd', error_message })
    expect(error.message.length).toBeLessThan(700)
  })

  test.each([{ success: 'false' }, { success: 0 }, { error: 'true' }, { error: 1 }, { success: null }])(
    'is not seen in %j',
    async (said) => {
      const body = { ...mirrorJob, ...said }
      expect(await queueThrough(async () => jsonResponse(body))).toEqual(body)
    },
  )
})

describe('an error status', () => {
  test.each([
    [300, 'rejected'],
    [302, 'rejected'],
    [307, 'rejected'],
    [399, 'rejected'],
    [400, 'rejected'],
    [406, 'rejected'],
    [408, 'unknown'],
    [409, 'rejected'],
    [418, 'rejected'],
    [429, 'rejected'],
    [499, 'rejected'],
    [500, 'unknown'],
    [502, 'unknown'],
    [503, 'unknown'],
    [599, 'unknown'],
  ])('%i is %s', async (status, outcome) => {
    const { url } = await answering('<h1>no</h1>', status, { 'content-type': 'text/html' })
    const error = await failureOf(queueFrom(url))
    expect(error).toMatchObject({ name: 'HttpError', code: 'http', outcome, status, body: '<h1>no</h1>' })
  })

  test('keeps harmless headers only', async () => {
    const headers = {
      'content-type': 'text/html',
      'x-request-id': '7',
      'set-cookie': 'session=1',
      'x-powered-by': 'php',
    }
    const { url } = await answering('', 502, headers)
    const error = await failureOf(queueFrom(url))
    expect(error.headers).toEqual({ 'content-type': 'text/html', date: expect.any(String), 'x-request-id': '7' })
  })

  test('keeps what a header says whole, whatever signs are in it', async () => {
    const { url } = await answering('', 401, { 'www-authenticate': 'Basic realm="//fleet@home?", charset="UTF-8" # 1' })
    const { headers } = await failureOf(queueFrom(url))
    expect(headers).toMatchObject({ 'www-authenticate': 'Basic realm="//fleet@home?", charset="UTF-8" # 1' })
  })

  test('keeps the first 4 kB of the body', async () => {
    const { url } = await answering('x'.repeat(1_000_000), 500)
    const error = await failureOf(queueFrom(url))
    expect(error.body).toBe('x'.repeat(4096))
  })

  test('whose body never ends is told by its status', async () => {
    const body = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('not fou')) })
    const error = await failureOf(queueThrough(async () => new Response(body, { status: 404 }), { timeoutMs: 20 }))
    expect(error).toMatchObject({ name: 'HttpError', status: 404, outcome: 'rejected', body: 'not fou' })
  })

  test('whose body is endless is read no further than 64 kB', async () => {
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

  test('says what to look at', async () => {
    const { url: wrongKeys } = await answering('', 401)
    expect((await failureOf(queueFrom(wrongKeys))).message).toContain('status 401: check the credentials')
    const { url: noAccess } = await answering('', 403)
    expect((await failureOf(queueFrom(noAccess))).message).toContain('status 403: check the credentials')
    const { url: refused } = await answering('', 400)
    expect((await failureOf(queueFrom(refused))).message).toBe(
      'queueImageInstall: the server answered with status 400.',
    )
    const { url: other } = await answering('', 402)
    expect((await failureOf(queueFrom(other))).message).toBe('queueImageInstall: the server answered with status 402.')
    const { url: failing } = await answering('', 502)
    expect((await failureOf(queueFrom(failing))).message).toContain('status 502. Find out with `listImageInstalls`')
  })

  test('429 says how long to wait and is not repeated', async () => {
    const { url, requests } = await answering('', 429, { 'retry-after': '7' })
    const error = await failureOf(queueFrom(url, { maxRetries: 2 }))
    expect(error).toMatchObject({ status: 429, retryAfterMs: 7000 })
    expect(error.message).toContain('it asks to wait 7000 ms')
    expect(requests.length).toBe(1)
  })

  test('a date that has passed is no time to wait', async () => {
    const { url } = await answering('', 429, { 'retry-after': 'Tue, 24 Nov 2020 02:00:00 GMT' })
    expect(await failureOf(queueFrom(url))).toMatchObject({ retryAfterMs: 0 })
  })
})

describe('a redirect', () => {
  test('is not followed, and its target is named without query and user', async () => {
    const { url: target, requests } = await answering(job)
    const location = `${target.replace('//', '//user:word@')}/login?session=1#top`
    const { url } = await answering('', 302, { location })
    const error = await failureOf(queueFrom(url))
    expect(error).toMatchObject({ name: 'HttpError', status: 302, outcome: 'rejected' })
    expect(error.headers).toMatchObject({ location: `${target}/login` })
    expect(error.message).toContain(`a redirect to ${target}/login, which is not followed`)
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

describe('a success status with something else', () => {
  test.each([
    ['', 'empty'],
    ['{"versionmirrorid": 1,', 'not JSON'],
    ['<html>', 'not JSON'],
    ['[]', 'of type array'],
    ['"Queued"', 'of type string'],
    ['3', 'of type number'],
    ['true', 'of type boolean'],
    ['null', 'of type null'],
  ])('%j is malformed', async (body, found) => {
    const { url } = await answering(body)
    const error = await failureOf(queueFrom(url))
    expect(error).toMatchObject({
      name: 'MalformedResponseError',
      code: 'malformed_response',
      outcome: 'unknown',
      status: 200,
    })
    expect(error.message).toContain(`status 200, but the body is ${found}. Find out with \`listImageInstalls\``)
  })

  test('as 204 is malformed', async () => {
    const { url } = await answering('', 204)
    expect(await failureOf(queueFrom(url))).toMatchObject({ name: 'MalformedResponseError', status: 204 })
  })

  test('larger than 10 MiB is not read to its end', async () => {
    let pulled = 0
    const body = new ReadableStream({
      pull(controller) {
        pulled++
        controller.enqueue(new Uint8Array(1024 * 1024).fill(120))
      },
    })
    const error = await failureOf(queueThrough(async () => new Response(body)))
    expect(error).toMatchObject({ name: 'MalformedResponseError', body: 'x'.repeat(4096) })
    expect(error.message).toContain('the body is larger than 10485760 bytes')
    expect(pulled).toBeLessThan(15)
  })

  test('is larger than 10 MiB with the next byte, not before', async () => {
    const fields = `{"joberror":"${'x'.repeat(10 * 1024 * 1024 - 15)}"}`
    expect(await queueThrough(async () => new Response(fields))).toHaveProperty('joberror')
    expect(await failureOf(queueThrough(async () => new Response(`${fields} `)))).toMatchObject({
      name: 'MalformedResponseError',
    })
  })

  test.each([
    ['is too large', {}, new Uint8Array(11 * 1024 * 1024)],
    ['does not end in time', { timeoutMs: 20 }, new Uint8Array(1)],
  ])('lets go of a body that %s, and does not care how that ends', async (_why, options, chunk) => {
    const cancel = vi.fn(() => Promise.reject(new Error('cannot be cancelled')))
    const body = new ReadableStream({ start: (controller) => controller.enqueue(chunk), cancel })
    await failureOf(queueThrough(async () => new Response(body), options))
    expect(cancel).toHaveBeenCalledOnce()
  })
})

test.each([
  [{ toString: 1, valueOf: 1 }, '{"toString":1,"valueOf":1}'],
  [['locked', 7], '["locked",7]'],
  [null, 'without a message'],
])('an error whose message is %j is one all the same', async (error_message, says) => {
  const error = await failureOf(queueThrough(async () => jsonResponse({ error: true, error_message })))
  expect(error).toMatchObject({ name: 'ApiError', outcome: 'rejected' })
  expect(error.message).toContain(`the API answered with an error: ${says} (status 200)`)
})

test('an error says why, also where another field of it is too deep to be looked through', async () => {
  const body = `{"error":true,"error_message":"locked","messages":${'['.repeat(20_000)}${']'.repeat(20_000)}}`
  const error = await failureOf(queueThrough(async () => new Response(body)))
  expect(error).toMatchObject({ name: 'ApiError', error_message: 'locked', messages: undefined })
  expect(error.message).toContain('the API answered with an error: locked')
})

test('an answer is no error by what every object has', async () => {
  Object.defineProperty(Object.prototype, 'error', { value: true, configurable: true })
  const call = queueThrough(async () => jsonResponse(mirrorJob))
  const settled = await Promise.allSettled([call]).finally(() => Reflect.deleteProperty(Object.prototype, 'error'))
  expect(settled).toEqual([{ status: 'fulfilled', value: mirrorJob }])
})

test.each([
  [307, 'a redirect without a target, which is not followed'],
  [304, 'not modified, which this client did not ask for'],
])('%i without a body is told as what it is', async (status, words) => {
  const error = await failureOf(queueThrough(async () => new Response(null, { status })))
  expect(error).toMatchObject({ name: 'HttpError', status, outcome: 'rejected' })
  expect(error.message).toContain(words)
})

test('an error of the API whose outcome is unknown says how to find out', async () => {
  const error = await failureOf(
    queueThrough(async () => jsonResponse({ success: false, error: true }, { status: 500 })),
  )
  expect(error).toMatchObject({ name: 'ApiError', outcome: 'unknown' })
  expect(error.message).toContain(
    'Find out with `listImageInstalls` whether it was done before you call again, see https://',
  )
})

test.each([
  [{ 200: 'unknown' }, 200, 'unknown'],
  [{ 500: 'rejected' }, 500, 'rejected'],
  [{ 400: 'unknown', default: 'rejected' }, 503, 'rejected'],
  [{ 400: 'unknown' }, 404, 'rejected'],
  [{ 400: 'unknown' }, 408, 'unknown'],
  [undefined, 503, 'unknown'],
] as const)('what an error means is what the contract says, %j: %i is %s', async (outcomes, status, outcome) => {
  const inBandErrors = [{ when: [{ error: true }], fields: [] }]
  const contract = contractOf({ inBandErrors, ...(outcomes && { outcomes }) })
  const client = makeClient(contract, { fetch: async () => jsonResponse({ error: true }, { status }) })
  expect(await failureOf(client.call?.({}) ?? Promise.resolve())).toMatchObject({ name: 'ApiError', status, outcome })
})

test('an error is recognized by isCallError of another copy of the package', async () => {
  vi.resetModules()
  const other = await import('../src/index.ts')
  const error = await failureOf(queueThrough(async () => new Response('', { status: 404 })))
  expect(error).not.toBeInstanceOf(other.HttpError)
  expect([other.isCallError(error), other.isCallError(new Error())]).toEqual([true, false])
})

test('an error is told by JSON and by its name', async () => {
  const { url } = await answering('', 404)
  const error = await failureOf(clientOf(url).queueImageInstall({ jobid: 1, mirroring: false }))
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
