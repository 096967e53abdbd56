import { execFile, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { inBandErrorsIn, resolver } from '@image-install-queue/contract'
import { createMock } from '@image-install-queue/mock'
import { afterAll, describe, expect, it } from 'vitest'
import { samplesOf } from '../../src/samples.ts'
import { document, operations } from './contract.ts'

const root = join(import.meta.dirname, '../..')
// Inside the package, so that imports resolve as for a user.
const folder = mkdtempSync(join(root, 'samples-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The program that runs a sample, by the extension of its name. */
const runners: Record<string, { program: string; needs: string }> = {
  '.sh': { program: 'sh', needs: 'curl' },
  '.ts': { program: process.execPath, needs: process.execPath },
  '.py': { program: 'python3', needs: 'python3' },
}

/** Every sample, written to a file. */
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

const baseUrlName = document.info['x-client']?.baseUrl?.env ?? 'BASE_URL'

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
      env: { ...environment, ...(baseUrl !== undefined && { [baseUrlName]: baseUrl }) },
    })
  const failure = (running: Promise<unknown>) =>
    running.then(
      () => expect.fail('The sample succeeded.'),
      (error: { stdout: string; stderr: string }) => error.stdout + error.stderr,
    )

  it.skipIf(absent)(
    'sends one request, which keeps to the contract, and fails if the response is an error',
    async () => {
      await using mock = createMock()
      const { url } = await mock.listen()
      const succeeds = await run(url.replace(/\/$/, '')).then(
        () => true,
        () => false,
      )
      const [request] = mock.requests
      expect(mock.requests).toEqual([expect.objectContaining({ operationId })])
      expect(request?.status).not.toBe(422)
      expect(succeeds).toBe((request?.status ?? 0) < 300)
    },
  )

  it.skipIf(absent)('fails when the service fails', async () => {
    await using mock = createMock()
    const { url } = await mock.listen()
    // The client repeats read-only requests.
    for (let count = 0; count < 5; count++) mock.fail('html-502')
    await failure(run(url.replace(/\/$/, '')))
  })

  const successes = [...operation.responses].filter(([status]) => status.startsWith('2'))
  const [inBandError] = successes.flatMap(([, response]) => inBandErrorsIn(response, resolver(document)))
  it.skipIf(absent || !inBandError)('fails when status 200 carries an error, and shows its message', async () => {
    const { when = [], message = '' } = inBandError?.rule ?? {}
    const server = createServer((_, response) => {
      const error = { ...when[0], [message]: 'the image is locked' }
      response.setHeader('content-type', 'application/json').end(JSON.stringify(error))
    })
    await using _ = closing(server.listen(0, '127.0.0.1'))
    await once(server, 'listening')
    // A TCP server has an address of this type.
    const { port } = server.address() as AddressInfo
    expect(await failure(run(`http://127.0.0.1:${port}`))).toContain('the image is locked')
  })

  // The client has a default base URL.
  it.skipIf(absent || file === 'typescript.ts')('names a variable that is not set', async () => {
    expect(await failure(run())).toContain(baseUrlName)
  })
})

describe('the samples', () => {
  it('compile in TypeScript', () => {
    const config = join(folder, 'tsconfig.json')
    const options = { extends: '../tsconfig.json', compilerOptions: { noEmit: true }, include: ['**/*.ts'] }
    writeFileSync(config, JSON.stringify(options))
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const { stdout, status } = spawnSync(process.execPath, [tsc, '-p', config], { encoding: 'utf8' })
    expect({ stdout, status }).toEqual({ stdout: '', status: 0 })
  })
})

describe('the commands in the text of the contract', () => {
  const blocks = [...(document.info.description ?? '').matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(
    ([, text = '']) => text,
  )
  const absent = spawnSync('curl', ['--version']).error !== undefined

  it('send nothing to a live host', () => {
    const hosts = blocks.join('').match(/https?:\/\/[\w.]+/g) ?? []
    expect(hosts.filter((host) => host !== 'http://127.0.0.1')).toEqual([])
  })

  it.skipIf(absent)('set every variable that they and the samples read', async () => {
    await using mock = createMock()
    const { url } = await mock.listen()
    const script = blocks.filter((block) => /^(export|curl)/.test(block)).join('')
    const curl = samples.filter(({ file }) => file === 'curl.sh').map(({ path }) => `(. '${path}') || true`)
    const command = `set -eu\n${script.replace('http://127.0.0.1:4010', url.replace(/\/$/, ''))}\n${curl.join('\n')}`
    const { stderr } = await promisify(execFile)('sh', ['-c', command], { env: { PATH: process.env.PATH } })
    expect(stderr).not.toContain('is not set')
    expect(mock.requests.filter(({ status }) => status === 422)).toEqual([])
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
