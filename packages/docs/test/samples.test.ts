import { execFile, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { createMock } from '@image-install-queue/mock'
import { afterAll, describe, expect, it } from 'vitest'
import { samplesOf } from '../src/samples.ts'
import { document, operations } from './contract.ts'

const root = join(import.meta.dirname, '..')
// Inside the package, so that imports resolve as they do for a user.
const folder = mkdtempSync(join(root, 'samples-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What runs a sample, by the end of its name. */
const runners: Record<string, { program: string; needs: string }> = {
  '.sh': { program: 'sh', needs: 'curl' },
  '.ts': { program: process.execPath, needs: process.execPath },
  '.py': { program: 'python3', needs: 'python3' },
}

/** Every sample that is published, written to a file. */
const samples = operations.flatMap((operation) => {
  const { operationId } = operation
  mkdirSync(join(folder, operationId))
  return samplesOf(operation, document).map(({ label, language, source }) => {
    const file = `${label.toLowerCase()}.${language}`
    const path = join(folder, operationId, file)
    writeFileSync(path, `${source}\n`)
    return { operationId, operation, file, path, source }
  })
})

const environment = {
  PATH: process.env.PATH,
  CLANFORGE_ACCESS_KEY: 'access-key',
  CLANFORGE_SECRET_KEY: 'secret-key',
  CLANFORGE_ACCOUNT_SERVICE_ID: '5678',
}

describe.each(samples)('the sample $operationId/$file', ({ operationId, operation, file, path }) => {
  const { program = '', needs = '' } = runners[extname(file)] ?? {}
  const absent = spawnSync(needs, ['--version']).error !== undefined
  if (absent && process.env.CI) it(`finds ${needs}`, () => expect.fail(`${needs} is not installed.`))
  else if (absent) console.warn(`SKIPPED, ${needs} is not installed: the sample ${file}`)

  const run = (baseUrl?: string) =>
    promisify(execFile)(program, [path], {
      env: { ...environment, ...(baseUrl !== undefined && { CLANFORGE_BASE_URL: baseUrl }) },
    })
  const failure = (running: Promise<unknown>) =>
    running.then(
      () => expect.fail('It ended well.'),
      (error: { stdout: string; stderr: string }) => error.stdout + error.stderr,
    )

  it.skipIf(absent)('is answered by the mock after one request that keeps to the contract', async () => {
    await using mock = createMock()
    const { url } = await mock.listen()
    const { stdout } = await run(url.replace(/\/$/, ''))
    expect(stdout).not.toBe('')
    expect(mock.requests).toMatchObject([{ operationId, status: 200 }])
  })

  it.skipIf(absent)('ends with a failure when the service fails', async () => {
    await using mock = createMock()
    const { url } = await mock.listen()
    // A call that changes nothing is sent again by the client.
    for (let count = 0; count < 5; count++) mock.fail('html-502')
    await failure(run(url.replace(/\/$/, '')))
  })

  it.skipIf(absent)('ends with a failure when status 200 brings an error, and shows its message', async () => {
    const error = operation.examples.find(
      ({ status, value }) => status === '200' && Reflect.get(Object(value), 'error') === true,
    )
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(error?.value))
    })
    await using _ = closing(server.listen(0, '127.0.0.1'))
    await once(server, 'listening')
    // A TCP server that listens has an address of this kind.
    const { port } = server.address() as AddressInfo
    const text = await failure(run(`http://127.0.0.1:${port}`))
    expect(text).toContain(Reflect.get(Object(error?.value), 'error_message'))
  })

  // The client has an address of its own.
  it.skipIf(absent || file === 'typescript.ts')('says which variable is not set', async () => {
    expect(await failure(run())).toContain('CLANFORGE_BASE_URL')
  })
})

describe('the samples', () => {
  it('in TypeScript compile as they stand', () => {
    const config = join(folder, 'tsconfig.json')
    const options = { extends: '../tsconfig.json', compilerOptions: { noEmit: true }, include: ['**/*.ts'] }
    writeFileSync(config, JSON.stringify(options))
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const { stdout, status } = spawnSync(process.execPath, [tsc, '-p', config], { encoding: 'utf8' })
    expect({ stdout, status }).toEqual({ stdout: '', status: 0 })
  })

  it('have lines that fit beside the call', () => {
    const long = samples.flatMap(({ file, source }) =>
      source.split('\n').flatMap((line) => (line.length > 60 ? `${file}: ${line}` : [])),
    )
    expect(long).toEqual([])
  })
})

describe('the introduction', () => {
  const blocks = [...(document.info.description ?? '').matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(
    ([, text = '']) => text,
  )
  const absent = spawnSync('curl', ['--version']).error !== undefined

  it('sends whoever pastes its blocks to the mock', () => {
    expect(blocks.length).toBeGreaterThan(0)
    expect(blocks.join('').match(/https?:\/\/[\w.]+/g)).toEqual(['http://127.0.0.1'])
  })

  it.skipIf(absent)('sets every variable that its call and the samples read', async () => {
    await using mock = createMock()
    const { url } = await mock.listen()
    const script = blocks.filter((block) => /^(export|curl)/.test(block)).join('')
    const sample = join(folder, 'queueImageInstall/curl.sh')
    const command = `set -eu\n${script.replace('http://127.0.0.1:4010', url.replace(/\/$/, ''))}\n. '${sample}'`
    await promisify(execFile)('sh', ['-c', command], { env: { PATH: process.env.PATH } })
    expect(mock.requests).toMatchObject([{ status: 200 }, { status: 200 }])
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
