import { execFile, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { createMock } from '@image-install-queue/mock'
import { describe, expect, it } from 'vitest'
import { readSamples } from '../src/samples.ts'
import { document, operations } from './contract.ts'

const folder = join(import.meta.dirname, '../samples')

/** What runs a sample, by the end of its name. curl prints the body and leaves reading it to the reader. */
const runners: Record<string, { program: string; needs: string; seesErrors: boolean }> = {
  '.sh': { program: 'sh', needs: 'curl', seesErrors: false },
  '.ts': { program: process.execPath, needs: process.execPath, seesErrors: true },
  '.py': { program: 'python3', needs: 'python3', seesErrors: true },
}

/** Every sample that is published: those of each operation in every language. */
const samples = operations.flatMap(({ operationId }) =>
  readSamples(folder, operationId).map(({ file }) => ({ operationId, file })),
)

describe.each(samples)('the sample $operationId/$file', ({ operationId, file }) => {
  const runner = runners[extname(file)]
  if (!runner) return it('can be run', () => expect.fail(`Say in runners how to run a ${extname(file)}.`))
  const { program, needs, seesErrors } = runner
  const absent = spawnSync(needs, ['--version']).error !== undefined
  if (absent && process.env.CI) it(`finds ${needs}`, () => expect.fail(`${needs} is not installed.`))
  else if (absent) console.warn(`SKIPPED, ${needs} is not installed: the sample ${file}`)

  const run = (baseUrl: string) =>
    promisify(execFile)(program, [join(folder, operationId, file)], {
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
    expect(stdout).not.toBe('')
    expect(mock.requests).toMatchObject([{ operationId, status: 200 }])
  })

  it.skipIf(absent)('ends with a failure when the service fails', async () => {
    await using mock = createMock()
    const { url } = await mock.listen()
    mock.fail('html-502')
    await expect(run(url.replace(/\/$/, ''))).rejects.toMatchObject({ code: expect.any(Number) })
  })

  if (!seesErrors) return
  const { answers } = operations.find((operation) => operation.operationId === operationId) ?? { answers: [] }
  const error = answers.find(({ status, value }) => status === '200' && Reflect.get(Object(value), 'error') === true)
  if (!error) return
  it.skipIf(absent)('ends with a failure when status 200 brings an error', async () => {
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(error.value))
    })
    await using _ = closing(server.listen(0, '127.0.0.1'))
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const failure = await run(`http://127.0.0.1:${port}`).catch((caught: { stderr: string }) => caught)
    expect(failure.stderr).toContain(Reflect.get(Object(error.value), 'error_message'))
  })
})

describe('the introduction', () => {
  const blocks = [...(document.info?.description ?? '').matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(
    ([, text = '']) => text,
  )
  const absent = spawnSync('curl', ['--version']).error !== undefined

  it('sends whoever pastes its blocks to the mock', () => {
    expect(blocks.length).toBeGreaterThan(0)
    expect(blocks.join('').match(/https?:\/\/[\w.]+/g)).toEqual(['http://127.0.0.1'])
  })

  it('starts the mock from its own package, whatever folder it is pasted in', () => {
    expect(blocks.filter((block) => block.includes('npx'))).toEqual([
      'npx -p @image-install-queue/mock image-install-queue-mock\n',
    ])
  })

  it.skipIf(absent)('sets every variable that its call and the samples read', async () => {
    await using mock = createMock()
    const { url } = await mock.listen()
    const script = blocks.filter((block) => !block.includes('npx')).join('')
    const sample = join(folder, 'queueImageInstall/curl.sh')
    const command = `set -eu\n${script.replace('http://127.0.0.1:4010', url)}\n. '${sample}'`
    await promisify(execFile)('sh', ['-c', command], { env: { PATH: process.env.PATH } })
    expect(mock.requests).toMatchObject([{ status: 200 }, { status: 200 }])
  })
})

describe('the samples', () => {
  it('look for every sign of an error behind status 200', () => {
    for (const { source } of readSamples(folder, 'queueImageInstall').filter(({ file }) => file !== 'typescript.ts')) {
      expect(source).toMatch(/"error"[\s\S]*"success"/)
    }
  })

  it('lie in folders named after operations, and no other', () => {
    const names = new Set(operations.map(({ operationId }) => operationId))
    expect(readdirSync(folder).filter((name) => !names.has(name))).toEqual([])
  })

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
