import { describe, expect, test } from 'vitest'
import { clientOf, failureOf, jsonResponse, mirrorJob, queueThrough } from './support/calls.ts'

const { versionmirrorid: _, ...jobFields } = mirrorJob
const list = async (body: unknown) =>
  clientOf('http://127.0.0.1', { fetch: async () => jsonResponse(body) }).listImageInstalls()

const failedFlags = [
  { success: false },
  { success: 0 },
  { success: 'false' },
  { success: '0' },
  { error: true },
  { error: 1 },
  { error: 'true' },
  { error: '1' },
  { success: true, error: 1 },
]

const harmlessFlags = [
  { success: true },
  { success: 1 },
  { success: 'true' },
  { success: null },
  { success: '' },
  { error: false },
  { error: 0 },
  { error: '0' },
  { error: null },
  { error: '' },
  { success: 'yes', error: [] },
  {},
]

describe('a 200 with a failed flag', () => {
  test.each(failedFlags)('and no field of a result is an error of the API: %j', async (flags) => {
    const body = { ...flags, error_message: 'locked', messages: [], jobid: 1 }
    const error = await failureOf(queueThrough(async () => jsonResponse(body)))
    expect(error).toMatchObject({ name: 'ApiError', outcome: 'rejected', status: 200, error_message: 'locked' })
  })

  test.each(failedFlags)('and fields of a result has an unknown outcome: %j', async (flags) => {
    const error = await failureOf(queueThrough(async () => jsonResponse({ ...mirrorJob, ...flags })))
    expect(error).toMatchObject({ name: 'MalformedResponseError', outcome: 'unknown', status: 200 })
    expect(error.message).toContain(
      'but the body has an error flag and fields of a result (jobcreated, jobfailed, jobprogress). The request may have been',
    )
  })

  test('and fields of a list has an unknown outcome', async () => {
    const error = await failureOf(list({ success: false, installs: [] }))
    expect(error).toMatchObject({ name: 'MalformedResponseError', outcome: 'unknown' })
    expect(error.message).toContain('fields of a result (installs). This call is read-only, so retrying is safe.')
  })
})

test('an error status with a failed flag is an error of the API, even with fields of a result', async () => {
  const body = { ...mirrorJob, error: true, error_message: 'in progress' }
  const error = await failureOf(queueThrough(async () => jsonResponse(body, { status: 409 })))
  expect(error).toMatchObject({ name: 'ApiError', outcome: 'rejected', status: 409, error_message: 'in progress' })
})

describe('a 200 without a failed flag', () => {
  test.each(harmlessFlags)('is a result if it has fields of a result: %j', async (flags) => {
    const body = { ...mirrorJob, ...flags }
    expect(await queueThrough(async () => jsonResponse(body))).toEqual(body)
  })

  test.each<[string, object]>([
    ['no distinguishing field', jobFields],
    ['both distinguishing fields', { ...mirrorJob, machinejobid: 1 }],
    ['a distinguishing field alone', { machinejobid: '7' }],
    ['the state alone', { jobstatename: 'Queued' }],
    ['numbers as strings', { versionmirrorid: '1', jobstateid: '3', jobfailed: '0' }],
    ['null for every field', { versionmirrorid: null, jobstatename: null }],
    ['additional fields', { ...mirrorJob, region: 'eu' }],
  ])('is a result with %s', async (_what, body) => {
    expect(await queueThrough(async () => jsonResponse(body))).toEqual(body)
  })

  test('is a list if it has installs, whatever they are', async () => {
    for (const installs of [[], [null, {}], null]) expect(await list({ installs })).toEqual({ installs })
  })

  test.each<[string, object]>([
    ['is empty', {}],
    ['has only a flag', { success: true }],
    ['is a maintenance message', { message: 'maintenance', status: 'down' }],
    ['has the fields of an error, but no flag', { error_code: 1, error_message: 'locked', messages: [] }],
    ['has a field whose name only looks similar', { jobid: 1, job: {} }],
  ])('is malformed if it %s', async (_what, body) => {
    const error = await failureOf(queueThrough(async () => jsonResponse(body)))
    expect(error).toMatchObject({ name: 'MalformedResponseError', outcome: 'unknown', status: 200 })
    expect(error.message).toContain(
      'but the body has none of the fields of a result. The request may have been processed.',
    )
  })
})

describe('a body that does not come from the API', () => {
  const html = (title: string, init: ResponseInit = {}) =>
    new Response(`<!DOCTYPE html><html><head><title lang="en">\n ${title} </title></head></html>`, {
      headers: { 'content-type': 'text/html; charset=utf-8' },
      ...init,
    })

  test.each([401, 403, 502])('is called an HTML page, with its title: status %i', async (status) => {
    const error = await failureOf(queueThrough(async () => html('Access  denied', { status })))
    expect(error.message).toContain(
      `returned status ${status} with an HTML page titled "Access denied", probably of a proxy or a login.`,
    )
    expect(error.message).not.toContain('credentials')
  })

  test('is called an HTML page with status 200, without secrets in its title', async () => {
    const error = await failureOf(queueThrough(async () => html('Hi test-secret-key', { headers: {} })))
    expect(error).toMatchObject({ name: 'MalformedResponseError' })
    expect(error.message).toContain(
      'but the body is an HTML page titled "Hi [redacted]", probably of a proxy or a login.',
    )
  })

  test.each<[string, ResponseInit, string]>([
    ['text', { headers: { 'content-type': 'text/plain' } }, 'is not JSON (content type text/plain)'],
    ['see <html>', { headers: { 'content-type': 'text/x-html' } }, 'is not JSON (content type text/x-html)'],
    ['<p>no', { headers: { 'content-type': 'Text/HTML' } }, 'is an HTML page, probably of a proxy or a login'],
    ['\n<HTML>', { headers: { 'content-type': 'x' } }, 'is an HTML page, probably of a proxy or a login'],
    ['', { headers: { 'content-encoding': 'br' } }, 'is empty after decoding br, or was cut off'],
  ])('%j is described', async (body, init, description) => {
    const error = await failureOf(queueThrough(async () => new Response(body, init)))
    expect(error.message).toContain(`but the body ${description}.`)
  })

  test('is read by text() if it has no reader, as in node-fetch', async () => {
    const response = { status: 200, headers: new Headers(), body: {}, text: async () => JSON.stringify(mirrorJob) }
    expect(await queueThrough(async () => response as unknown as Response)).toEqual(mirrorJob)
  })

  test.each([
    [200, { name: 'UnknownOutcomeError', code: 'connection_lost', outcome: 'unknown' }],
    [403, { name: 'HttpError', status: 403, outcome: 'rejected', body: '' }],
  ])('of status %d that text() cannot read is classified like one that a stream cuts off', async (status, expected) => {
    const text = async () => {
      throw new Error('terminated')
    }
    const response = { status, headers: new Headers(), body: {}, text }
    const cutOff = new ReadableStream({ pull: (controller) => controller.error(new Error('terminated')) })
    const withoutReader = await failureOf(queueThrough(async () => response as unknown as Response))
    const withReader = await failureOf(queueThrough(async () => new Response(cutOff, { status })))
    expect(withoutReader).toMatchObject(expected)
    expect(withReader).toMatchObject(expected)
  })
})
