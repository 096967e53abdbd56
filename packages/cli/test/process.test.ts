import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { waiting } from './support.ts'

const bin = join(import.meta.dirname, '../bin/image-install-queue.js')
const installs = [1, 2, 3].map((jobid) => ({ ...waiting, jobid }))

/** Runs the command itself against a server that lists three jobs and hands over what is to be queued. */
async function command(line: string, onQueue: (child: ReturnType<typeof spawn>, answer: () => void) => void, end = '') {
  let sent = 0
  const answerEach: RequestListener = ({ url = '' }, response) => {
    response.setHeader('content-type', 'application/json')
    if (!url.includes('/queue')) return response.end(JSON.stringify({ installs }))
    sent += 1
    return onQueue(child, () => response.end(JSON.stringify({ versionmirrorid: 1, jobstateid: 3 })))
  }
  const server = createServer(answerEach)
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

describe.skipIf(process.platform === 'win32')('a signal to end', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'as %s while queueing is told with how to find out',
    async (name) => {
      const { exit, err, sent } = await command('queue 1 2', (child) => child.kill(name))
      expect([exit, sent]).toEqual([130, 1])
      expect(err).toContain('Check with: image-install-queue list')
      expect(err).toContain('Not queued: job 2')
    },
  )
})

describe.skipIf(process.platform === 'win32')('output that cannot be written', () => {
  it('since nobody reads on lets the call under way come to its end, and nothing is sent after it', async () => {
    const { exit, err, sent } = await command('queue 1 2 3', (child, answer) => {
      child.stdout?.destroy()
      answer()
    })
    expect([exit, err, sent]).toEqual([130, 'Not queued: jobs 2, 3\n', 1])
  })

  it.skipIf(!existsSync('/dev/full')).each(['list', 'queue 1'])('on a full disk is a failure: %s', async (line) => {
    const { exit, err, sent } = await command(line, () => {}, '> /dev/full')
    expect([exit, sent]).toEqual([1, 0])
    expect(err).toContain('the output could not be written: ENOSPC')
  })
})
