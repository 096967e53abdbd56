import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { waiting } from './support.ts'

const bin = join(import.meta.dirname, '../bin/image-install-queue.js')
const installs = [1, 2, 3].map((jobid) => ({ ...waiting, jobid }))

/** Runs the command as a process, against a server that lists three jobs and passes requests to queue to `onQueue`. */
async function command(
  line: string,
  onQueue: (child: ReturnType<typeof spawn>, respond: () => void) => void,
  end = '',
  onList: (child: ReturnType<typeof spawn>, count: number) => object = () => ({ installs }),
) {
  let [sent, listed] = [0, 0]
  const respondToEach: RequestListener = ({ url = '' }, response) => {
    response.setHeader('content-type', 'application/json')
    if (!url.includes('/queue')) return response.end(JSON.stringify(onList(child, ++listed)))
    sent += 1
    return onQueue(child, () => response.end(JSON.stringify({ versionmirrorid: 1, jobstateid: 3 })))
  }
  const server = createServer(respondToEach)
  const port = await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(Object(server.address()).port))
  })
  const env = {
    CLANFORGE_BASE_URL: `http://127.0.0.1:${port}`,
    CLANFORGE_ACCESS_KEY: 'any',
    CLANFORGE_SECRET_KEY: 'keys',
    CLANFORGE_ACCOUNT_SERVICE_ID: '5678',
  }
  const child = spawn('/bin/sh', ['-c', `exec '${process.execPath}' '${bin}' ${line} ${end}`], { env })
  let err = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text
  })
  child.stdout.resume()
  const exit = await new Promise<number | null>((resolve) => child.once('close', resolve))
  server.close()
  server.closeAllConnections()
  return { exit, err, sent }
}

describe.skipIf(process.platform === 'win32')('a signal', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ends queueing with how to check: %s', async (name) => {
    const { exit, err, sent } = await command('queue 1 2', (child) => child.kill(name))
    expect([exit, sent]).toEqual([130, 1])
    expect(err).toContain('Check with `image-install-queue list`')
    expect(err).toContain('Not queued: job 2')
  })
})

describe.skipIf(process.platform === 'win32')('a watch without a terminal', () => {
  it('continues after SIGHUP, and is stopped by SIGTERM', async () => {
    let lists = 0
    const { exit, err } = await command(
      'watch 1 --every 1ms',
      () => {},
      '',
      (child, count) => {
        lists = count
        if (count === 2) child.kill('SIGHUP')
        if (count === 10) child.kill('SIGTERM')
        return { installs }
      },
    )
    expect(exit).toBe(130)
    expect(err).toBe('Stopped watching. The installs keep running.\n')
    // SIGHUP would end the watch with the same exit code and message, but at the second list.
    expect(lists).toBeGreaterThanOrEqual(10)
  })
})

describe.skipIf(process.platform === 'win32')('output that cannot be written', () => {
  it('because nothing reads it completes the current request, and nothing is sent after it', async () => {
    const { exit, err, sent } = await command('queue 1 2 3', (child, respond) => {
      child.stdout?.destroy()
      respond()
    })
    expect([exit, err, sent]).toEqual([130, 'Not queued: jobs 2, 3\n', 1])
  })

  it.skipIf(!existsSync('/dev/full')).each(['list', 'queue 1'])(
    'on a full disk is a failure before anything is queued: %s',
    async (line) => {
      const { exit, err, sent } = await command(line, () => {}, '> /dev/full')
      expect([exit, sent]).toEqual([1, 0])
      expect(err).toContain('the output could not be written: ENOSPC')
    },
  )
})
