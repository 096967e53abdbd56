import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Fault, Mock } from '@image-install-queue/mock'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createProject, packAll } from '../../src/packed/install.ts'

// The installed command and the installed mock. They share only an address.
const project = mkdtempSync(join(tmpdir(), 'command-story-'))
let createMock: () => Mock
beforeAll(async () => {
  await createProject(project, Object.values(await packAll(project)))
  const installed = join(project, 'node_modules/@image-install-queue/mock/dist/index.js')
  createMock = (await import(pathToFileURL(installed).href)).createMock
})
afterAll(() => rmSync(project, { recursive: true, force: true }))

let mock: Mock
let address: string
beforeEach(async () => {
  mock = createMock()
  address = (await mock.listen()).url
})
afterEach(() => mock[Symbol.asyncDispose]())

/** Runs the command to its end; `onQueue` is called when the mock has received the request that queues. */
async function command(line: string, accountserviceid: number, onQueue?: (interrupt: () => void) => void) {
  const bin = join(project, 'node_modules/@image-install-queue/cli/bin/image-install-queue.js')
  const env = {
    CLANFORGE_BASE_URL: address,
    CLANFORGE_ACCESS_KEY: 'any',
    CLANFORGE_SECRET_KEY: 'keys',
    CLANFORGE_ACCOUNT_SERVICE_ID: String(accountserviceid),
  }
  const child = spawn(process.execPath, [bin, ...line.split(' ')], { env })
  let [out, err] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  if (onQueue) {
    while (queued() === 0 && child.exitCode === null) await new Promise((resolve) => setImmediate(resolve))
    onQueue(() => child.kill('SIGINT'))
  }
  const exit = await ended
  const changes = out.split('\n').flatMap((json) => (json === '' ? [] : [JSON.parse(json).change]))
  return { exit, err, changes }
}

const queued = () => mock.requests.filter(({ operationId }) => operationId === 'queueImageInstall').length

describe('a rollout', () => {
  test('is found, queued with the mirroring of the list, and watched until it is gone', async () => {
    const { exit, changes, err } = await command('queue 1003 --wait --every 10ms', 7001)
    expect(changes).toEqual(['found', 'queued', 'appeared', 'state-changed', 'progressed', 'progressed', 'gone'])
    expect(err).toContain('job 1003 left the list, last seen Running')
    expect(exit).toBe(0)
    const { url } = mock.requests.find(({ operationId }) => operationId === 'queueImageInstall') ?? {}
    expect(url).toContain('mirroring=true')
  })

  test('that fails ends with 1 and prints why', async () => {
    const { exit, changes, err } = await command('queue --version-id 77 --wait --every 10ms', 7002)
    expect(changes.at(-1)).toBe('ended')
    expect(err).toContain('job 1004 failed: illustrative: too little disk space')
    expect(exit).toBe(1)
  })

  test('is queued once, however often it is requested', async () => {
    await command('queue 1003', 7001)
    expect(await command('queue 1003', 7001)).toMatchObject({ exit: 0, changes: ['skipped'] })
    expect(queued()).toBe(1)
  })
})

// The tests of the command prove every exit code.
describe('the exit code', () => {
  test.each([
    ['list', 7000, 0],
    ['list', 7200, 1],
    ['queue 2001 --mirroring true', 5678, 1],
    ['queue 5000 --mirroring true', 5678, 3],
    ['watch 1003 --every 10ms --timeout 500ms', 5678, 3],
    ['watch never', 5678, 2],
  ])('of %s for account service %d is %d', async (line, accountserviceid, exit) => {
    expect((await command(line, accountserviceid)).exit).toBe(exit)
  })
})

describe('a fault', () => {
  // Sends no list request, so that the fault affects the request that queues.
  const withoutLookup = 'queue 1003 --mirroring true --again'

  test.each<Fault>(['reset', 'truncate', 'html-502'])(
    '%s while queueing ends with 3, and nothing is sent again',
    async (fault) => {
      mock.fail(fault, Number.POSITIVE_INFINITY)
      const { exit, err } = await command(withoutLookup, 7001)
      expect(exit).toBe(3)
      expect(err).toContain('Check with `image-install-queue list`')
      expect(queued()).toBe(1)
    },
  )

  test('hang while queueing can be interrupted, and nothing is sent again', async () => {
    mock.fail('hang')
    const { exit, err } = await command(withoutLookup, 7001, (interrupt) => interrupt())
    expect(exit).toBe(130)
    expect(err).toContain('Check with `image-install-queue list`')
    expect(queued()).toBe(1)
  })

  test('while waiting for a queued job is printed, and the watch continues', async () => {
    const { exit, changes } = await command('queue 1003 --wait --every 10ms', 7001, () => mock.fail('reset', 3))
    expect(changes.filter((change) => change !== 'error').slice(-1)).toEqual(['gone'])
    expect(changes).toContain('error')
    expect(exit).toBe(0)
  })
})
