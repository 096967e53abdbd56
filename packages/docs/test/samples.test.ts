import { execFile, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createMock } from '@image-install-queue/mock'
import { describe, expect, it } from 'vitest'
import { readSamples } from '../src/samples.ts'
import { operations } from './contract.ts'

const folder = join(import.meta.dirname, '../samples')

const samples = [
  { file: 'curl.sh', program: 'sh', needs: 'curl', seesErrors: false },
  { file: 'typescript.ts', program: process.execPath, needs: process.execPath, seesErrors: true },
  { file: 'python.py', program: 'python3', needs: 'python3', seesErrors: true },
]

describe.each(samples)('the sample $file', ({ file, program, needs, seesErrors }) => {
  const absent = spawnSync(needs, ['--version']).error !== undefined
  if (absent && process.env.CI) it(`finds ${needs}`, () => expect.fail(`${needs} is not installed.`))
  else if (absent) console.warn(`SKIPPED, ${needs} is not installed: the sample ${file}`)

  const run = (baseUrl: string) =>
    promisify(execFile)(program, [join(folder, 'queueImageInstall', file)], {
      env: {
        PATH: process.env.PATH,
        CLANFORGE_BASE_URL: baseUrl,
        CLANFORGE_ACCESS_KEY: 'access-key',
        CLANFORGE_SECRET_KEY: 'secret-key',
        CLANFORGE_ACCOUNT_SERVICE_ID: '5678',
      },
    })

  it.skipIf(absent)('queues a job at the mock with one request that keeps to the contract', async () => {
    await using mock = createMock()
    const { url } = await mock.listen()
    const { stdout } = await run(url.replace(/\/$/, ''))
    expect(stdout).toContain('Queued')
    expect(mock.requests).toMatchObject([{ operationId: 'queueImageInstall', scenario: 'mirrorJob', status: 200 }])
  })

  it.skipIf(absent)('ends with a failure when the service fails', async () => {
    await using mock = createMock()
    const { url } = await mock.listen()
    mock.fail('html-502')
    await expect(run(url.replace(/\/$/, ''))).rejects.toMatchObject({ code: expect.any(Number) })
  })

  // curl prints the body and leaves reading it to the reader.
  if (!seesErrors) return
  it.skipIf(absent)('ends with a failure when status 200 brings an error', async () => {
    const error = operations.flatMap(({ answers }) => answers).find(({ name }) => name === 'imageLocked')
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(error?.value))
    })
    await using _ = closing(server.listen(0, '127.0.0.1'))
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const failure = await run(`http://127.0.0.1:${port}`).catch((caught: { stderr: string }) => caught)
    expect(failure.stderr).toContain('image locked by diffid: 218595')
  })
})

describe('the samples', () => {
  it('stand in the order most used', () => {
    expect(readSamples(folder, 'queueImageInstall').map(({ label }) => label)).toEqual(['curl', 'TypeScript', 'Python'])
  })

  it('are none for an operation without a folder', () => {
    expect(readSamples(folder, 'another')).toEqual([])
  })
})

function closing(server: Server): AsyncDisposable {
  return {
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
    },
  }
}
