import { describe, expect, test, vi } from 'vitest'
import type { Logger } from '../src/index.ts'
import { failureOf, jsonResponse, mirrorJob, queueFrom, queueThrough } from './support/calls.ts'
import { serverReturning } from './support/servers.ts'

function recorder() {
  const lines: { level: string; details: object; message: string }[] = []
  const at = (level: string) => (details: object, message: string) => lines.push({ level, details, message })
  const logger: Logger = { info: at('info'), warn: at('warn'), error: at('error') }
  return { lines, logger }
}

const started = performance.now()

const request = {
  operation: 'queueImageInstall',
  method: 'GET',
  path: '/cfp/v1/imageinstall/{jobid}/queue',
  attempt: 0,
  // The duration of the attempt, not a time.
  ms: expect.toSatisfy((ms: number) => ms >= 0 && ms < performance.now() - started),
}

describe('a logger', () => {
  test('receives each response with the path template and headers that cannot contain a secret', async () => {
    const { lines, logger } = recorder()
    const { url } = await serverReturning(JSON.stringify(mirrorJob), 200, { 'set-cookie': 'a=b', 'x-request-id': '7' })
    await queueFrom(url, { logger })
    expect(lines).toEqual([
      {
        level: 'info',
        details: {
          ...request,
          url: expect.stringMatching(/^https?:[^?]+\/queue$/),
          status: 200,
          headers: { date: expect.any(String), 'x-request-id': '7' },
        },
        message: 'response received',
      },
    ])
  })

  test('receives each retry as a warning and the failure as an error', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0)
    const { lines, logger } = recorder()
    const fetch = () => Promise.reject(Object.assign(new Error('refused'), { syscall: 'connect' }))
    const error = await failureOf(queueThrough(fetch, { logger, maxRetries: 1 }))
    vi.restoreAllMocks()
    const details = { ...request, code: 'not_sent', outcome: 'not-sent' }
    expect(lines).toEqual([
      { level: 'warn', details, message: error.message },
      { level: 'error', details: { ...details, attempt: 1 }, message: error.message },
    ])
  })

  test('receives nothing about a call with wrong options', async () => {
    const { lines, logger } = recorder()
    for (const options of [{ secretKey: 'a\n' }, { timeoutMs: 0 }, { baseUrl: 'no' }, { accountserviceid: 0 }]) {
      const call = queueThrough(async () => jsonResponse(mirrorJob), { logger, ...options })
      expect((await failureOf(call)).name).toBe('ConfigurationError')
    }
    expect(lines).toEqual([])
  })

  test('that throws does not lose the job', async () => {
    const broken = () => {
      throw new Error('disk full')
    }
    const logger = { info: broken, warn: broken, error: broken }
    expect(await queueThrough(async () => jsonResponse(mirrorJob), { logger })).toEqual(mirrorJob)
    const error = await failureOf(queueThrough(async () => jsonResponse('no'), { logger }))
    expect(error.name).toBe('MalformedResponseError')
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    const later = { ...logger, info: async () => broken() }
    expect(await queueThrough(async () => jsonResponse(mirrorJob), { logger: later })).toEqual(mirrorJob)
    await new Promise((resolve) => setImmediate(resolve))
    process.off('unhandledRejection', unhandled)
    expect(unhandled).not.toHaveBeenCalled()
  })

  test('can be the console, and nothing is printed without one', async () => {
    const methods = ['debug', 'info', 'warn', 'error', 'log'] as const
    const spies = methods.map((method) => vi.spyOn(console, method).mockImplementation(() => {}))
    await queueThrough(async () => jsonResponse(mirrorJob))
    await failureOf(queueThrough(async () => jsonResponse('no')))
    expect(spies.flatMap((spy) => spy.mock.calls)).toEqual([])
    await queueThrough(async () => jsonResponse(mirrorJob), { logger: console })
    expect(console.info).toHaveBeenCalledOnce()
    vi.restoreAllMocks()
  })
})
