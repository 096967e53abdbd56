import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { createMock, type Mock } from '@image-install-queue/mock'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { clientOver, command } from './support.ts'

const text = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
const [, script = ''] = /^ +- run: \|\n((?: {10}.*\n)+)/m.exec(text) ?? []

const shown = ['../README.md', '../../../README.md'].flatMap((page) => {
  const blocks = readFileSync(join(import.meta.dirname, page), 'utf8').matchAll(/^```text\n(\$[\s\S]*?)^```/gm)
  return [...blocks].flatMap(([, block = '']) => block.split(/^\$ image-install-queue /m).slice(1))
})

it.each(shown)('the pages show what a terminal shows: %s', async (text) => {
  // Some minutes after the creation of the mock's jobs.
  vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_490_000 })
  onTestFinished(() => void vi.useRealTimers())
  const [line = '', ...printed] = text.trimEnd().split('\n')
  const client = clientOver(createMock().fetch, 7001)
  const quick = line.includes('--wait') ? `${line.replace(' --every 1s', '')} --every 1ms` : line
  const { out } = await command(quick, client, { isTTY: true })
  expect(printed).not.toEqual([])
  for (const each of printed) expect(stripVTControlCharacters(out)).toContain(each)
})

describe.skipIf(process.platform === 'win32')('the script of the CI job, run against the mock', () => {
  let folder: string
  let mock: Mock
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cli-readme-'))
    mkdirSync(join(folder, 'bin'))
    symlinkSync(join(import.meta.dirname, '../bin/image-install-queue.js'), join(folder, 'bin/image-install-queue'))
  })
  beforeEach(() => {
    mock = createMock()
    return async () => mock[Symbol.asyncDispose]()
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  async function runScript(account: number, version: string) {
    const { url } = await mock.listen()
    const env = {
      PATH: [join(folder, 'bin'), dirname(process.execPath), process.env.PATH].join(delimiter),
      CLANFORGE_BASE_URL: url,
      CLANFORGE_ACCOUNT_SERVICE_ID: String(account),
      IMAGE_VERSION_ID: version,
      ...{ CLANFORGE_ACCESS_KEY: 'any', CLANFORGE_SECRET_KEY: 'keys' },
    }
    // The default of five seconds is for live servers.
    const quick = script.replace('--timeout 5h', '--timeout 5h --every 10ms')
    return new Promise<{ code: unknown; stdout: string }>((resolve) => {
      // GitHub Actions ends a script at the first command that fails, too.
      execFile('/bin/sh', ['-e', '-c', quick], { env }, (error, stdout) =>
        resolve({ code: error ? error.code : 0, stdout }),
      )
    })
  }

  const queued = () => mock.requests.filter(({ operationId }) => operationId === 'queueImageInstall').length

  it('queues the installs of a version once, waits for them, and logs without escape sequences', async () => {
    const { code, stdout } = await runScript(7001, '77')
    expect([code, queued()]).toEqual([0, 1])
    const [, log = ''] = /^```text\n(job[\s\S]*?)^```/m.exec(text) ?? []
    expect(log).not.toBe('')
    // The times depend on the day.
    for (const line of log.trimEnd().split('\n')) expect(stdout).toContain(line.replace(/, [^,]* elapsed/, ''))
  })

  it('fails for an install that fails, and shows it', async () => {
    const { code, stdout } = await runScript(7002, '77')
    expect(code).toBe(1)
    expect(stdout).toMatch(/^1004 +Failed .*\n {2}illustrative: too little disk space$/m)
  })

  it('fails for a version that is not listed', async () => {
    expect(await runScript(7001, '78')).toMatchObject({ code: 1 })
    expect(queued()).toBe(0)
  })
})
