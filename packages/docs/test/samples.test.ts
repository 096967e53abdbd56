import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readOperations } from '@image-install-queue/contract'
import { describe, expect, it } from 'vitest'
import { samplesOf } from '../src/samples.ts'
import { garden, read } from './read.ts'
import { programFor, serverWith } from './run-samples.ts'
import { temporaryFolder } from './temporary-folder.ts'

const folder = temporaryFolder()

/** Every parameter is required, so that samples have it. */
const required = garden
  .replaceAll('in: query, schema', 'in: query, required: true, schema')
  .replace('in: query\n', 'in: query\n          required: true\n')
  .replace('in: header, schema', 'in: header, required: true, schema')

async function sampleOf(contract: string, operationId: string, language: string): Promise<string> {
  const document = await read(contract)
  const operations = readOperations(document).filter((each) => each.operationId === operationId)
  const samples = operations.flatMap((operation) => samplesOf(operation, document))
  return samples.find((sample) => sample.language === language)?.source ?? ''
}

describe.each(['sh', 'py'])('a sample in %s', (language) => {
  const { isAbsent, run } = programFor(language)

  /** Runs a sample, and returns the request that it sends. */
  async function requestOf(contract: string, operationId: string) {
    await using server = await serverWith(operationId === 'addPlant' ? { kind: 'rose', petals: 5 } : [])
    const path = join(folder, `sample.${language}`)
    writeFileSync(path, `${await sampleOf(contract, operationId, language)}\n`)
    const keys = { USERNAME: 'ann', PASSWORD: 'pass word', TOKEN: 'a-token' }
    await run(path, { ...keys, GARDEN_URL: server.url, BASE_URL: server.url, BED: 'by-the-wall', PAGE: '12' })
    expect(server.received).toHaveLength(1)
    return server.received[0]
  }

  it.skipIf(isAbsent)('sends lists, numbers and headers where they belong', async () => {
    expect(await requestOf(required, 'listPlants')).toMatchObject({
      method: 'GET',
      url: '/beds/text/plants?kind=text&limit=1&page=1',
      headers: { 'x-trace': 'text', authorization: `Basic ${Buffer.from('ann:pass word').toString('base64')}` },
    })
  })

  it.skipIf(isAbsent)('sends a body as JSON', async () => {
    expect(await requestOf(required, 'addPlant')).toMatchObject({
      method: 'POST',
      url: '/beds/text/plants',
      headers: { 'content-type': 'application/json' },
      body: { kind: 'rose', height: 1 },
    })
  })

  it.skipIf(isAbsent)('sends a token where the contract requires one', async () => {
    const request = await requestOf(required.replace('  - basicAuth: []\n', ''), 'listPlants')
    expect(request?.headers.authorization).toBe('Bearer a-token')
  })

  it.skipIf(isAbsent)('reads inputs from the environment variables that the contract names', async () => {
    const named = required
      .replace('{ name: bed, in: path, ', '$&x-client: { option: bed, env: BED }, ')
      .replace('{ name: page, in: query, ', '$&x-client: { option: page, env: PAGE }, ')
      .replace(
        '      x-lookup-operation: listPlants\n',
        "$&      parameters: [{ $$ref: '#/components/parameters/page' }]\n",
      )
    expect((await requestOf(named, 'addPlant'))?.url).toBe('/beds/by-the-wall/plants?page=12')
  })

  it.skipIf(isAbsent)('needs no names of variables in the contract', async () => {
    const nameless = required
      .replace('  x-client:\n    baseUrl: { option: baseUrl, env: GARDEN_URL }\n', '')
      .replaceAll(/ +x-client: \{ (username|token): .*\n/g, '')
    await requestOf(nameless, 'listPlants')
  })

  it.skipIf(isAbsent)('sends no credentials where none are required', async () => {
    const open = required.replace(/security:\n {2}- .*\n {2}- .*\n/, 'security: []\n')
    expect((await requestOf(open, 'listPlants'))?.headers).not.toHaveProperty('authorization')
  })
})

it('a sample in Python compares the marks of an error with values of any type', async () => {
  const marked = garden
    .replace('{ when: [{ ok: false }], message: message }', '{ when: [{ ok: false, code: 7 }, { hint: null }] }')
    .replace('message: { type: string } }', 'code: { type: integer }, hint: { type: [string, "null"] } }')
  expect(await sampleOf(marked, 'addPlant', 'py')).toContain(
    'if (response.get("ok") is False and response.get("code") == 7\n    or response.get("hint") is None):\n    raise SystemExit(response)',
  )
})

it('a sample in TypeScript names parameters and body', async () => {
  const list = await sampleOf(required, 'listPlants', 'ts')
  expect(list).toContain('client.listPlants({\n  bed: "text",\n  kind: [\n    "text"\n  ],')
  expect(list).toContain('"X-Trace": "text"')
  const add = await sampleOf(required, 'addPlant', 'ts')
  expect(add).toContain('body: {\n    kind: "rose",\n    height: 1\n  }\n}')
  expect(add).toContain('// Throws if a success status carries an error.')
})
