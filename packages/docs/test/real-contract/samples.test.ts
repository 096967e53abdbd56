import { execFile, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { inBandErrorsIn, resolver } from '@image-install-queue/contract'
import { createMock } from '@image-install-queue/mock'
import { afterAll, describe, expect, it } from 'vitest'
import { samplesOf } from '../../src/samples.ts'
import { programFor, serverWith } from '../run-samples.ts'
import { document, operations } from './contract.ts'

const root = join(import.meta.dirname, '../..')
// Inside the package, so that imports resolve as for a user.
const folder = mkdtempSync(join(root, 'samples-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Every sample, written to a file. */
const samples = operations.flatMap((operation) => {
  const { operationId } = operation
  mkdirSync(join(folder, operationId))
  return samplesOf(operation, document).map(({ label, language, source }) => {
    const file = `${label.toLowerCase()}.${language}`
    const path = join(folder, operationId, file)
    writeFileSync(path, `${source}\n`)
    return { operationId, operation, file, language, path }
  })
})

const baseUrlName = document.info['x-client']?.baseUrl?.env ?? 'BASE_URL'

const environment = {
  CLANFORGE_ACCESS_KEY: 'access-key',
  CLANFORGE_SECRET_KEY: 'secret-key',
  CLANFORGE_ACCOUNT_SERVICE_ID: '5678',
}

describe.each(samples)('the sample $operationId/$file', ({ operationId, operation, language, path }) => {
  const { isAbsent, run: runProgram } = programFor(language)
  const run = (baseUrl?: string) =>
    runProgram(path, { ...environment, ...(baseUrl !== undefined && { [baseUrlName]: baseUrl }) })
  const failure = (running: Promise<unknown>) =>
    running.then(
      () => expect.fail('The sample succeeded.'),
      (error: { stdout: string; stderr: string }) => error.stdout + error.stderr,
    )

  it.skipIf(isAbsent)(
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

  it.skipIf(isAbsent)('fails when the service fails', async () => {
    await using mock = createMock()
    const { url } = await mock.listen()
    // The client repeats read-only requests.
    for (let count = 0; count < 5; count++) mock.fail('html-502')
    await failure(run(url.replace(/\/$/, '')))
  })

  const successes = [...operation.responses].filter(([status]) => status.startsWith('2'))
  const [inBandError] = successes.flatMap(([, response]) => inBandErrorsIn(response, resolver(document)))
  if (inBandError) {
    const { when, message = '' } = inBandError.rule
    it.skipIf(isAbsent)('fails when status 200 carries an error, and shows its message', async () => {
      await using server = await serverWith({ ...when[0], [message]: 'the image is locked' })
      expect(await failure(run(server.url))).toContain('the image is locked')
    })
  }

  // The client has a default base URL.
  if (language !== 'ts') {
    it.skipIf(isAbsent)('names a variable that is not set', async () => {
      expect(await failure(run())).toContain(baseUrlName)
    })
  }
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
  const { isAbsent } = programFor('sh')

  it('send nothing to a live host', () => {
    const hosts = blocks.join('').match(/https?:\/\/[\w.]+/g) ?? []
    expect(hosts.filter((host) => host !== 'http://127.0.0.1')).toEqual([])
  })

  it.skipIf(isAbsent)('set every variable that they and the samples read', async () => {
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
