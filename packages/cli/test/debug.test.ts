import { createClient } from '@image-install-queue/client'
import { describe, expect, it } from 'vitest'
import { command, lost, waiting } from './support.ts'

/** Runs a command line with `--debug`, against a server that repeats the credentials in everything it sends. */
async function debug(line: string, replies: (Response | Error)[], more: { isTTY?: boolean } = {}) {
  const secrets = ['CanaryAccess1', 'CanarySecret2', btoa('CanaryAccess1:CanarySecret2')]
  const result = await command(
    `${line} --debug`,
    (options) =>
      createClient({
        ...{ accessKey: 'CanaryAccess1', secretKey: 'CanarySecret2', accountserviceid: 5678 },
        ...{ baseUrl: 'http://127.0.0.1:9', maxRetries: 1, ...options },
        fetch: async () => {
          const reply =
            replies.shift() ??
            new Response(secrets.join(), { status: 400, headers: { 'x-request-id': secrets.join() } })
          if (reply instanceof Error) throw reply
          return reply
        },
      }),
    more,
  )
  for (const secret of secrets) expect(result.out + result.err).not.toContain(secret)
  return result
}

const listed = () => Response.json({ installs: [waiting] })

describe('--debug', () => {
  it('shows method, host, path, status, duration and attempt of each request', async () => {
    const { err } = await debug('list', [listed()])
    expect(err).toMatch(/^debug: attempt 1, \d+ ms: GET 127\.0\.0\.1:9 \/cfp\/v1\/imageinstall\/status 200\n$/)
  })

  it('shows failed attempts and retries', async () => {
    const { exit, err } = await debug('list', [lost(), listed()])
    expect(exit).toBe(0)
    expect(err).toMatch(
      /^debug: attempt 1, \d+ ms: failed, retrying: no complete response .*\ndebug: attempt 2, \d+ ms: GET .* 200\n$/,
    )
  })

  it('shows no secret, query or header, also of a failure that repeats them', async () => {
    const { exit, err } = await debug('queue 1 --mirroring true', [listed()])
    expect(exit).toBe(1)
    expect(err).toContain('/cfp/v1/imageinstall/1/queue 400\n')
    expect(err).not.toMatch(/mirroring=|accountserviceid=|[Aa]uthorization|x-request-id/)
  })

  it('is JSON with --json', async () => {
    const { err } = await debug('list --json', [listed()])
    expect(JSON.parse(err).debug).toMatchObject({
      ...{ method: 'GET', host: '127.0.0.1:9', path: '/cfp/v1/imageinstall/status', status: 200, attempt: 1 },
    })
  })

  it('turns a redrawn watch into lines, which its messages do not break', async () => {
    const ended = Response.json({ installs: [{ ...waiting, jobstateid: 5 }] })
    const { out } = await debug('watch 1 --every 1ms', [listed(), ended], { isTTY: true })
    expect(out).toBe('job 1: Pending\njob 1: Completed\n')
  })
})

describe('options of the client', () => {
  it('are set by --account-service-id and --request-timeout', async () => {
    const given: object[] = []
    await command('list --account-service-id 9 --request-timeout 1m30s', (options) => {
      given.push(options)
      return createClient({ ...options, fetch: async () => listed() })
    })
    expect(given).toEqual([{ accountserviceid: 9, timeoutMs: 90_000 }])
  })
})
