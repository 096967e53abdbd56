import { execFile, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { type Document, readContract, readOperations } from '@image-install-queue/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { redocDocument } from '../src/redoc-document.ts'
import { reference } from '../src/reference.ts'
import { samplesOf } from '../src/samples.ts'
import { readDocumentation } from '../src/sections.ts'
import { temporaryFolder } from './temporary-folder.ts'

// Contracts with bodies, lists, headers, tokens and unions, and hardly any descriptions.
const repository = join(import.meta.dirname, '../../..')
const garden = readFileSync(join(repository, 'tools/contract/test/fixtures/garden.yaml'), 'utf8')
const parcels = readFileSync(join(repository, 'tools/proof/test/other-contract/parcels.yaml'), 'utf8')
const folder = temporaryFolder()

async function read(contract: string): Promise<Document> {
  const file = join(folder, 'contract.yaml')
  writeFileSync(file, contract)
  return (await readContract(file)).document
}

const plain = (document: Document) => reference(readDocumentation(document))
const redoc = (document: Document) => JSON.stringify(redocDocument(readDocumentation(document)))

/** The names under these keywords, anywhere in a contract. */
function namesUnder(node: unknown, keywords: readonly string[]): string[] {
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, value]) => [
    ...(keywords.includes(key) && !Array.isArray(value) ? Object.keys(Object(value)) : []),
    ...namesUnder(value, keywords),
  ])
}

describe.each([
  { name: 'Garden', contract: garden },
  { name: 'Parcel desk', contract: parcels },
])('the documentation of $name', ({ contract }) => {
  it.each([
    ['the plain reference', plain],
    ["Redoc's document", redoc],
  ])('%s has every call, parameter, header, status, field and schema', async (_, write) => {
    const document = await read(contract)
    const shown = write(document)
    const names = [
      ...namesUnder(document, ['paths', 'responses', 'headers', 'properties', 'schemas']),
      ...readOperations(document).flatMap(({ operationId, parameters }) => [
        operationId,
        ...parameters.map((parameter) => parameter.name),
      ]),
    ]
    expect(names.length).toBeGreaterThan(20)
    // A response that several calls share is shown by its status.
    expect(names.filter((name) => !shown.includes(name) && name !== 'lost')).toEqual([])
  })
})

it.each([
  ['the plain reference', plain],
  ["Redoc's document", redoc],
])('%s has every note that the profile allows', async (_, write) => {
  const notes = readFileSync(join(import.meta.dirname, 'notes.yaml'), 'utf8')
  const shown = write(await read(notes))
  const words = notes.match(/\b[Zz]z\w+/g) ?? []
  expect(words.length).toBeGreaterThan(50)
  expect(words.filter((word) => !shown.includes(word))).toEqual([])
})

it('marks a call that is deprecated', async () => {
  const document = await read(garden.replace('operationId: listPlants\n', '$&      deprecated: true\n'))
  expect(plain(document)).toContain('**GET** `/beds/{bed}/plants`\n\n**Deprecated.**')
})

describe('the errors of a contract that hardly describes them', () => {
  it('are unknown where a status has no outcome', async () => {
    const document = await read(garden)
    expect(plain(document)).toContain('| default | Something else. | unknown | unknown |')
  })

  it('have no table where a call has none', async () => {
    expect(plain(await read(parcels))).toContain('**Find parcels**\n\nIf you get no response, retry')
  })

  it('link no lookup operation where the contract names none', async () => {
    const document = await read(garden.replace('      x-lookup-operation: listPlants\n', ''))
    expect(plain(document)).toMatch(/do not resend it blindly\.\n/)
  })
})

interface ReceivedRequest {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: unknown
}

describe('the samples of another contract', () => {
  const required = garden
    .replaceAll('in: query, schema', 'in: query, required: true, schema')
    .replace('in: query\n', 'in: query\n          required: true\n')
    .replace('in: header, schema', 'in: header, required: true, schema')
  const received: ReceivedRequest[] = []
  let response = ''
  const server = createServer(async (request, reply) => {
    const { method, url, headers } = request
    const body = await text(request)
    received.push({ method, url, headers, body: body && JSON.parse(body) })
    reply.setHeader('content-type', 'application/json').end(response)
  })
  let address = ''
  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening')
    // A TCP server has an address of this type.
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => server.close())

  const runners = [
    { file: 'curl.sh', program: 'sh', needs: 'curl' },
    { file: 'python.py', program: 'python3', needs: 'python3' },
  ].map((runner) => ({ ...runner, absent: spawnSync(runner.needs, ['--version']).error !== undefined }))

  async function run(contract: string, operationId: string, { file, program }: (typeof runners)[number]) {
    const document = await read(contract)
    const operation = readOperations(document).find((each) => each.operationId === operationId)
    if (!operation) throw new Error(`no ${operationId}`)
    const sample = samplesOf(operation, document).find(({ language }) => file.endsWith(language))
    writeFileSync(join(folder, file), `${sample?.source}\n`)
    received.length = 0
    const keys = { USERNAME: 'ann', PASSWORD: 'pass word', TOKEN: 'a-token' }
    const values = { GARDEN_URL: address, BASE_URL: address, BED: 'by-the-wall', PAGE: '12' }
    const env = { PATH: process.env.PATH, ...keys, ...values }
    await promisify(execFile)(program, [join(folder, file)], { env })
  }

  describe.each(runners)('$file', (runner) => {
    const { absent } = runner
    if (absent && process.env.CI) it(`finds ${runner.needs}`, () => expect.fail(`${runner.needs} is not installed.`))

    it.skipIf(absent)('sends lists, numbers and headers where they belong', async () => {
      response = '[]'
      await run(required, 'listPlants', runner)
      const basic = `Basic ${Buffer.from('ann:pass word').toString('base64')}`
      expect(received).toMatchObject([{ method: 'GET', headers: { 'x-trace': 'text', authorization: basic } }])
      expect(received[0]?.url).toBe('/beds/text/plants?kind=text&limit=1&page=1')
    })

    it.skipIf(absent)('sends a body as JSON', async () => {
      response = '{"kind":"rose","petals":5}'
      await run(required, 'addPlant', runner)
      expect(received).toMatchObject([{ method: 'POST', url: '/beds/text/plants', body: { kind: 'rose', height: 1 } }])
      expect(received[0]?.headers['content-type']).toBe('application/json')
    })

    it.skipIf(absent)('sends a token where the contract requires one', async () => {
      response = '[]'
      await run(required.replace('  - basicAuth: []\n', ''), 'listPlants', runner)
      expect(received[0]?.headers.authorization).toBe('Bearer a-token')
    })

    it.skipIf(absent)('reads inputs from the environment variables that the contract names', async () => {
      response = '{"kind":"rose","petals":5}'
      const named = required
        .replace('{ name: bed, in: path, ', '$&x-client: { option: bed, env: BED }, ')
        .replace('{ name: page, in: query, ', '$&x-client: { option: page, env: PAGE }, ')
        .replace(
          '      x-lookup-operation: listPlants\n',
          "$&      parameters: [{ $$ref: '#/components/parameters/page' }]\n",
        )
      await run(named, 'addPlant', runner)
      expect(received.map(({ url }) => url)).toEqual(['/beds/by-the-wall/plants?page=12'])
    })

    it.skipIf(absent)('needs no names of variables in the contract', async () => {
      response = '[]'
      const nameless = required
        .replace('  x-client:\n    baseUrl: { option: baseUrl, env: GARDEN_URL }\n', '')
        .replaceAll(/ +x-client: \{ (username|token): .*\n/g, '')
      await run(nameless, 'listPlants', runner)
      expect(received).toHaveLength(1)
    })

    it.skipIf(absent)('sends no credentials where none are required', async () => {
      response = '[]'
      await run(required.replace(/security:\n {2}- .*\n {2}- .*\n/, 'security: []\n'), 'listPlants', runner)
      expect(received).toHaveLength(1)
      expect(received[0]?.headers).not.toHaveProperty('authorization')
    })
  })

  it('in Python compare the marks of an error with values of any type', async () => {
    const document = await read(
      garden
        .replace('{ when: [{ ok: false }], message: message }', '{ when: [{ ok: false, code: 7 }, { hint: null }] }')
        .replace('message: { type: string } }', 'code: { type: integer }, hint: { type: [string, "null"] } }'),
    )
    const add = readOperations(document).filter(({ operationId }) => operationId === 'addPlant')
    const python = add.flatMap((operation) => samplesOf(operation, document)).find(({ label }) => label === 'Python')
    expect(python?.source).toContain(
      'if (response.get("ok") is False and response.get("code") == 7\n    or response.get("hint") is None):\n    raise SystemExit(response)',
    )
  })

  it('in TypeScript name parameters and body', async () => {
    const document = await read(required)
    const sources = readOperations(document).map(
      (operation) => samplesOf(operation, document).find(({ language }) => language === 'ts')?.source,
    )
    expect(sources[0]).toContain('client.listPlants({\n  bed: "text",\n  kind: [\n    "text"\n  ],')
    expect(sources[0]).toContain('"X-Trace": "text"')
    expect(sources[1]).toContain('body: {\n    kind: "rose",\n    height: 1\n  }\n}')
    expect(sources[1]).toContain('// Throws if a success status carries an error.')
  })
})
