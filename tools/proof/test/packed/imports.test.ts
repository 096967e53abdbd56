import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createProject, packAll, run } from '../../src/packed/install.ts'
import { startMock } from '../../src/packed/start-mock.ts'

const project = mkdtempSync(join(tmpdir(), 'packed-imports-'))
const queuePath = '/cfp/v1/imageinstall/1005/queue?accountserviceid=5678&mirroring=true'
let completed: unknown

beforeAll(async () => {
  await createProject(project, Object.values(await packAll(project)))
  cpSync(join(import.meta.dirname, '../../consumers'), project, { recursive: true })
  const contract = join(project, 'node_modules/@image-install-queue/spec/dist/openapi.json')
  const operation = JSON.parse(readFileSync(contract, 'utf8')).paths['/cfp/v1/imageinstall/{jobid}/queue'].get
  completed = operation.responses[200].content['application/json'].examples.mirrorCompleted.value
})
afterAll(() => rmSync(project, { recursive: true, force: true }))

describe('the packed packages, installed offline into an empty project', () => {
  test.each(['call.mjs', 'call.ts', 'call.cjs'])('queue a job on the mock from %s', async (program) => {
    const { stdout } = await run(process.execPath, [program], { cwd: project })
    expect(JSON.parse(stdout)).toEqual(completed)
  })

  test('contain the contract as JSON and as YAML', async () => {
    const program = `
      import contract from '@image-install-queue/spec/openapi.json' with { type: 'json' }
      import { readFileSync } from 'node:fs'
      const yaml = readFileSync(new URL(import.meta.resolve('@image-install-queue/spec/openapi.yaml')), 'utf8')
      console.log(yaml.includes('version: ' + contract.info.version))`
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], { cwd: project })
    expect(stdout.trim()).toBe('true')
  })

  test('do not export internal files', async () => {
    const inside = run(process.execPath, ['--eval', "import('@image-install-queue/client/dist/index.js')"], {
      cwd: project,
    })
    await expect(inside).rejects.toThrow('ERR_PACKAGE_PATH_NOT_EXPORTED')
  })

  test('start the mock, which responds over HTTP', async () => {
    const mock = await startMock(project, process.execPath)
    try {
      const headers = { authorization: `Basic ${btoa('key:secret')}` }
      const response = await fetch(`${mock.url}${queuePath}`, { headers })
      expect(await response.json()).toEqual(completed)
    } finally {
      mock.stop()
    }
  })

  test('print their version', async () => {
    const { stdout } = await run(join(project, 'node_modules/.bin/image-install-queue-mock'), ['--version'], {
      env: process.env,
    })
    const { version } = JSON.parse(
      readFileSync(join(project, 'node_modules/@image-install-queue/mock/package.json'), 'utf8'),
    )
    expect(stdout).toContain(version)
  })
})
