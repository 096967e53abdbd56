import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { createMock } from '@image-install-queue/mock'
import { describe, expect, it } from 'vitest'

const bin = join(import.meta.dirname, '../bin/image-install-queue.js')
const hasScript = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0

/** Runs a command line in a pseudo-terminal of 80 columns and 24 rows; once it shows `until`, `keys` are typed. */
function inTerminal(line: string, environment: Record<string, string>, until: string, keys: string) {
  const env = {
    PATH: process.env.PATH,
    TERM: 'xterm',
    CLANFORGE_ACCESS_KEY: 'any',
    CLANFORGE_SECRET_KEY: 'keys',
    ...environment,
  }
  const command = `stty cols 80 rows 24; exec '${process.execPath}' '${bin}' ${line}`
  const terminal = spawn('script', ['-qefc', command, '/dev/null'], { env, stdio: ['pipe', 'pipe', 'inherit'] })
  return new Promise<{ exit: number | null; text: string }>((resolve) => {
    let text = ''
    let isTyped = false
    terminal.stdout.setEncoding('utf8').on('data', (data) => {
      text += data
      if (isTyped || !text.includes(until)) return
      isTyped = true
      terminal.stdin.write(keys)
    })
    terminal.once('close', (exit) => resolve({ exit, text: stripVTControlCharacters(text) }))
  })
}

describe.skipIf(!hasScript)('in a pseudo-terminal', () => {
  const live = { CLANFORGE_BASE_URL: 'https://live.invalid', CLANFORGE_ACCOUNT_SERVICE_ID: '5678' }
  // No list request precedes the question.
  const line = 'queue 1003 --mirroring true --again'

  it.each([
    ['n\n', 1],
    ['\u0003', 130],
    ['\u0004', 1],
  ])('asks before it queues on a live host; %j queues nothing', async (keys, expected) => {
    const { exit, text } = await inTerminal(line, live, 'Queue? [y/N] ', keys)
    expect(text).toContain('This queues one install on live.invalid, account service 5678:')
    expect(text).toContain('Nothing was queued.')
    expect(exit).toBe(expected)
  })

  it('follows a rollout with a bar to its end', async () => {
    await using mock = createMock()
    const { url } = await mock.listen()
    const environment = { CLANFORGE_BASE_URL: url, CLANFORGE_ACCOUNT_SERVICE_ID: '7001' }
    const { exit, text } = await inTerminal('queue 1003 --wait --every 10ms', environment, 'no keys', '')
    expect(text).toContain('job 1003: queued, now Queued')
    expect(text).toContain(`1003  Running   ${'█'.repeat(8)}${'░'.repeat(12)}  40 %`)
    expect(exit).toBe(0)
  })

  it('reports on Ctrl-C that the installs keep running', async () => {
    await using mock = createMock()
    const { url } = await mock.listen()
    const environment = { CLANFORGE_BASE_URL: url, CLANFORGE_ACCOUNT_SERVICE_ID: '7100' }
    const { exit, text } = await inTerminal('watch', environment, '1007', '\u0003')
    expect(text).toContain('The installs keep running')
    expect(exit).toBe(130)
  })
})
