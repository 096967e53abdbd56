import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { createMock, type Mock } from '@image-install-queue/mock'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { clientOver, command } from './support.ts'

const text = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
const [, script = ''] = /^```sh\n(#!\/bin\/sh\n[\s\S]*?)^```/m.exec(text) ?? []
const [, job = ''] = /^```yaml\n([\s\S]*?)^```/m.exec(text) ?? []
const lines = script.split('\n').filter((line) => line !== '' && !line.startsWith('#'))

it('shows the same lines as a script and as a job', () => {
  expect(lines.length).toBeGreaterThan(3)
  expect(job).toContain(lines.map((line) => `          ${line}\n`).join(''))
})

const shown = ['../README.md', '../../../README.md'].flatMap((page) => {
  const blocks = readFileSync(join(import.meta.dirname, page), 'utf8').matchAll(/^```text\n(\$[\s\S]*?)^```/gm)
  return [...blocks].flatMap(([, block = '']) => block.split(/^\$ image-install-queue /m).slice(1))
})

it.each(shown)('the pages show what a terminal shows of a rollout: %s', async (text) => {
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

describe.skipIf(process.platform === 'win32')('the script, run against the mock', () => {
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
      ...{ CLANFORGE_ACCESS_KEY: 'any', CLANFORGE_SECRET_KEY: 'keys' },
    }
    // Five seconds between two looks are for live servers.
    const quick = script.replace('--timeout 5h', '--timeout 5h --every 10ms')
    return new Promise<{ code: unknown; stderr: string }>((resolve) => {
      execFile('/bin/sh', ['-c', quick, 'install-version.sh', version], { env }, (error, _, stderr) =>
        resolve({ code: error ? error.code : 0, stderr }),
      )
    })
  }

  const queued = () => mock.requests.filter(({ operationId }) => operationId === 'queueImageInstall').length

  it('queues the installs of a version once and waits for their end', async () => {
    expect(await runScript(7001, '77')).toMatchObject({ code: 0 })
    expect(queued()).toBe(1)
  })

  it('stops the pipeline for an install that fails, and shows it', async () => {
    const { code, stderr } = await runScript(7002, '77')
    expect(code).toBe(1)
    expect(stderr).toContain('"jobstatename":"Failed"')
  })

  it('stops the pipeline for a version that is not listed', async () => {
    expect(await runScript(7001, '78')).toMatchObject({ code: 1 })
    expect(queued()).toBe(0)
  })
})
