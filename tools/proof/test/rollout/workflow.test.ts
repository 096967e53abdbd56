import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createMock } from '@image-install-queue/mock'
import { afterEach, describe, expect, test } from 'vitest'
import { run } from '../../src/packed/install.ts'

// `redocly respect` runs the workflow. It shares no code with our client, and validates status, content type and schema of
// every response against the contract.
const spec = join(import.meta.dirname, '../../../../spec')
const cli = dirname(findPackageJSON('@redocly/cli', import.meta.filename) ?? '')
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

describe('the workflow, run by another client against the mock', () => {
  test('queues a mirror install once and follows it until it is no longer listed', async () => {
    const { passed, scenarios } = await rollOut(7001)
    expect(passed).toBe(true)
    expect(scenarios).toEqual([
      ['listImageInstalls', 'rolloutPending'],
      ['queueImageInstall', 'mirrorQueued'],
      ['listImageInstalls', 'rolloutQueued'],
      ['listImageInstalls', 'rolloutRunning10'],
      ['listImageInstalls', 'rolloutRunning40'],
      ['listImageInstalls', 'rolloutRunning80'],
      ['listImageInstalls', 'rolloutGone'],
    ])
  })

  test('queues a machine install once and stops when it failed', async () => {
    const { passed, scenarios } = await rollOut(7002)
    expect(passed).toBe(false)
    expect(scenarios).toEqual([
      ['listImageInstalls', 'failingPending'],
      ['queueImageInstall', 'machineRunning'],
      ['listImageInstalls', 'failingQueued'],
      ['listImageInstalls', 'failingRunning'],
      ['listImageInstalls', 'failingFailed'],
    ])
  })

  test.each([
    ['there is no install', 7000, 'noInstalls'],
    ['there is more than one', 5678, 'installs'],
    ['the list is an error with status 200', 7200, 'listLocked'],
    ['the account is forbidden', 7403, 'forbidden'],
  ])('queues nothing if %s', async (_, accountserviceid, scenario) => {
    const { passed, scenarios } = await rollOut(accountserviceid)
    expect(passed).toBe(false)
    expect(scenarios).toEqual([['listImageInstalls', scenario]])
  })

  test('queues once if the response is lost', async () => {
    const { passed, scenarios } = await rollOut(7001, 'truncate')
    expect(passed).toBe(false)
    expect(scenarios).toEqual([
      ['listImageInstalls', 'rolloutPending'],
      ['queueImageInstall', 'mirrorQueued'],
    ])
  })
})

/** Runs the workflow for an account. A fault affects its queue request. */
async function rollOut(accountserviceid: number, fault?: 'truncate') {
  const folder = mkdtempSync(join(tmpdir(), 'workflow-'))
  folders.push(folder)
  cpSync(join(spec, 'openapi.yaml'), join(folder, 'openapi.yaml'))
  // The mock's sequences advance with every request, so waiting as long as for a real install is not necessary.
  const workflow = readFileSync(join(spec, 'workflows.arazzo.yaml'), 'utf8').replace(/retryAfter: \d+/, 'retryAfter: 0')
  writeFileSync(join(folder, 'workflows.arazzo.yaml'), workflow)
  await using mock = createMock()
  if (fault) mock.fail(fault, 1, 'queueImageInstall')
  const { url } = await mock.listen()
  const inputs = [`accountserviceid=${accountserviceid}`, 'accessKey=key', 'secretKey=secret']
  const options = ['--server', `clanforge=${url}`, ...inputs.flatMap((input) => ['--input', input])]
  const program = [join(cli, 'bin/cli.js'), 'respect', 'workflows.arazzo.yaml', ...options]
  const passed = await run(process.execPath, program, { cwd: folder }).then(
    () => true,
    // If it does not run at all, no request is recorded, and every test fails.
    () => false,
  )
  return { passed, scenarios: mock.requests.map(({ operationId, scenario }) => [operationId, scenario]) }
}
