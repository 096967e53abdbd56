import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createClient, isCallError } from '../src/index.ts'
import { keys } from './support/calls.ts'

const text = fc.oneof(
  fc.json(),
  fc.string(),
  fc.constantFrom(
    '',
    '{',
    '[]',
    'null',
    '{"success":false}',
    '{"error":true}',
    '{"versionmirrorid":1}',
    '{"versionmirrorid":1,"success":0}',
    '{"error":"1"}',
    '<html><title>Login</title>',
    '{"__proto__":1}',
  ),
)
const bytes = fc.oneof(
  text.map((value) => new TextEncoder().encode(value)),
  fc.uint8Array({ maxLength: 200 }),
)

const headers = fc.dictionary(
  fc.constantFrom(
    'content-type',
    'content-length',
    'content-encoding',
    'retry-after',
    'location',
    'date',
    'x-request-id',
  ),
  fc.oneof(
    fc.constantFrom(
      '0',
      '5',
      '1e99',
      '-1',
      'gzip',
      'application/json',
      'Tue, 24 Nov 2026 03:00:04 GMT',
      '99999999999999999999',
      '//x',
    ),
    fc.stringMatching(/^[ -~]*$/),
  ),
)

type Ending = 'end' | 'break' | 'hang'

/** A body in pieces that ends, breaks or hangs. */
function bodyOf(content: Uint8Array, pieces: number, ending: Ending): ReadableStream {
  const size = Math.max(1, Math.ceil(content.length / pieces))
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at < content.length) {
        controller.enqueue(content.slice(at, at + size))
        at += size
      } else if (ending === 'end') controller.close()
      else if (ending === 'break') controller.error(new TypeError('terminated'))
      else return new Promise(() => {})
      return undefined
    },
  })
}

const errorNames = ['UnknownOutcomeError', 'HttpError', 'ApiError', 'MalformedResponseError']

test('a call resolves to a job or fails with a documented error in time, whatever the response', async () => {
  await fc.assert(
    fc.asyncProperty(
      bytes,
      fc.integer({ min: 200, max: 599 }),
      headers,
      fc.integer({ min: 1, max: 4 }),
      fc.oneof({ weight: 40, arbitrary: fc.constant<Ending>('end') }, fc.constantFrom<Ending>('break', 'hang')),
      async (content, status, sent, pieces, ending) => {
        const empty = status === 204 || status === 205 || status === 304
        const fetch = async () =>
          new Response(empty ? null : bodyOf(content, pieces, ending), { status, headers: sent })
        const client = createClient({ ...keys, accountserviceid: 1, baseUrl: 'http://127.0.0.1', fetch, timeoutMs: 10 })
        const result = await client.queueImageInstall({ jobid: 1, mirroring: true }).then(
          (job) => ({ job }),
          (error: unknown) => ({ error }),
        )
        if ('job' in result) {
          expect(status).toBeLessThan(300)
          expect(Object.prototype.toString.call(result.job)).toBe('[object Object]')
          return
        }
        if (!isCallError(result.error)) throw result.error
        expect(errorNames).toContain(result.error.name)
        expect(['rejected', 'unknown']).toContain(result.error.outcome)
      },
    ),
    { numRuns: 10_000 },
  )
}, 60_000)
