import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseYaml } from '@redocly/openapi-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Document,
  fallback,
  InvalidContractError,
  type Operation,
  readContract,
  readOperations,
  resolver,
} from '../src/index.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-contract-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const spec = join(import.meta.dirname, '../../../spec')

describe('a contract that cannot be used', () => {
  it.each([
    ['is not there', undefined, /^\S*none\.yaml:1:1: cannot be read: ENOENT/],
    ['is not YAML', 'openapi: 3.1.0\ninfo: [', /^\S*contract\.yaml:2:\d+: not YAML: /],
    ['is empty', '', /^\S*contract\.yaml:1:1: "document" is outside the profile: /],
    ['is a list', '[]', /^\S*contract\.yaml:1:1: "document" is outside the profile: /],
  ])('is rejected with file, line, column and reason when it %s', async (_, source, message) => {
    const file = join(folder, source === undefined ? 'none.yaml' : 'contract.yaml')
    if (source !== undefined) writeFileSync(file, source)
    const error = await readContract(file).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(InvalidContractError)
    expect(error).toHaveProperty('message', expect.stringMatching(message))
  })

  it('is reported with one line for each mistake, in the order of the file', async () => {
    const file = join(folder, 'contract.yaml')
    const contract = readFileSync(join(spec, 'openapi.yaml'), 'utf8')
    writeFileSync(file, contract.replace('\ninfo:\n', '\nwebhooks: {}\ninfo:\n  logo: none\n'))
    const error = await readContract(file).catch((reason: unknown) => reason)
    const lines: string[] = Object(error).message.split('\n')
    expect(lines.map((line) => line.replace(/^.*contract\.yaml:\d+:\d+: ("\w+") .*$/, '$1'))).toEqual([
      '"webhooks"',
      '"logo"',
    ])
    for (const line of lines) expect(line).toMatch(/\. See spec\/README\.md#profile$/)
  })

  it('has no line breaks at the ends of folded or literal texts', async () => {
    const file = join(folder, 'contract.yaml')
    const contract = readFileSync(join(spec, 'openapi.yaml'), 'utf8')
    const title = /title: .*\n/
    writeFileSync(
      file,
      contract.replace(title, 'title: |\n    Queue\n').replace(/summary: .*\n/, 'summary: >\n    One\n    line\n'),
    )
    const { document } = await readContract(file)
    expect(document.info).toMatchObject({ title: 'Queue', summary: 'One line' })
  })
})

/** Returns the operation of a minimal document. */
function operationOf(text: string): Operation | undefined {
  const document = parseYaml(`info: {}\nservers: []\npaths:\n${text}`)
  // Nothing else of the document is read.
  return readOperations(document as Document)[0]
}

const json = (...names: readonly string[]) =>
  `{ application/json: { schema: {}, examples: { ${names.map((name) => `${name}: { value: ${name} }`).join(', ')} } } }`

describe('an operation', () => {
  it('has the parameters of its path that it does not override, with references resolved', () => {
    const operation = operationOf(`
  /pets/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
      - { $ref: '#/components/parameters/page' }
    get:
      operationId: getPet
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses: { '200': { $ref: '#/components/responses/pet' } }
components:
  parameters: { page: { name: page, in: query, schema: { type: integer } } }
  responses: { pet: { description: A pet. } }
`)
    expect(operation?.parameters).toEqual([
      expect.objectContaining({ name: 'page' }),
      expect.objectContaining({ name: 'id', schema: { type: 'integer' } }),
    ])
    expect(operation?.responses.get('200')).toEqual({ description: 'A pet.' })
  })

  it.each([
    ['requires nothing if the document does not', '', '', []],
    ['requires what the document requires', 'security: [{ basic: [] }]\n', '', ['basic']],
    [
      'requires its own alternatives',
      'security: [{ basic: [] }]\n',
      'security: [{ bearer: [] }, {}], ',
      ['bearer', undefined],
    ],
  ])('%s', (_, ofDocument, own, security) => {
    const operation = operationOf(`  /pets: { get: { operationId: getPets, ${own}responses: {} } }\n${ofDocument}`)
    expect(operation?.security).toEqual(security)
  })
})

describe('scenarios', () => {
  const named = (...names: readonly string[]) => names.map((name) => `${name}: { value: ${name} }`).join(', ')

  it('pair inputs with the example of the same name, the most specific first', () => {
    const operation = operationOf(`
  /pets/{id}:
    post:
      operationId: changePet
      parameters:
        - { name: id, in: path, schema: {}, examples: { ${named('path', 'both')} } }
        - { name: page, in: query, schema: {}, examples: { ${named('query', 'both', 'queryAndBody')} } }
      requestBody: { content: ${json('queryAndBody', 'body')} }
      responses:
        '200': { description: Done., content: ${json('body', 'free', 'query', 'path', 'queryAndBody', 'both')} }
`)
    expect(operation?.scenarios.map(({ name }) => name)).toEqual(['both', 'path', 'queryAndBody', 'query', 'body'])
    expect(operation?.scenarios[2]).toMatchObject({
      status: '200',
      parameters: [{ name: 'page', in: 'query', value: 'queryAndBody' }],
      body: { value: 'queryAndBody' },
    })
  })

  it.each([
    ['the first example of the lowest 2xx without an input', json('tied', 'free', 'other'), 'free'],
    ['its first example if all have inputs', json('tied'), 'tied'],
    [
      'no example that is only reached by x-next',
      '{ application/json: { schema: {}, examples: { tied: { value: 1, x-next: later }, later: { value: 2 } } } }',
      'tied',
    ],
  ])('leave to all other requests %s', (_, content, expected) => {
    const operation = operationOf(`
  /pets:
    get:
      operationId: getPets
      parameters: [{ name: page, in: query, schema: {}, examples: { ${named('tied')} } }]
      responses:
        '404': { description: None., content: ${json('none')} }
        '202': { description: Later., content: ${json('later')} }
        '201': { description: Made., content: ${content} }
`)
    expect(operation && fallback(operation.examples, operation.scenarios)?.name).toBe(expected)
  })

  it('have no fallback if no success has an example', () => {
    const operation = operationOf(
      "  /pets: { get: { operationId: getPets, responses: { '204': { description: Done. } } } }",
    )
    expect(operation && fallback(operation.examples, operation.scenarios)).toBeUndefined()
  })
})

describe('the real contract', () => {
  it('has scenarios of the queue operation whose values match their names', async () => {
    const { document } = await readContract(join(spec, 'openapi.yaml'))
    const queue = readOperations(document).find(({ operationId }) => operationId === 'queueImageInstall')
    const { 'x-enum-varnames': states = [] } = document.components?.schemas?.JobState ?? {}
    for (const { name, status, value, parameters } of queue?.scenarios ?? []) {
      const [, kind, state = ''] = /^(mirror|machine)(?!Job)(.*)$/.exec(name) ?? []
      if (status !== '200') expect(value).toMatchObject({ success: false, error: true })
      if (!kind) continue
      const id = kind === 'mirror' ? 'versionmirrorid' : 'machinejobid'
      const stateId = states.indexOf(state) + 1
      expect(value, name).toMatchObject({ [id]: expect.any(Number), jobstateid: stateId, jobstatename: state })
      expect(parameters.map(({ value }) => value)).toEqual([1000 + stateId, kind === 'mirror'])
    }
    expect(queue?.scenarios).not.toHaveLength(0)
  })

  it('lists by default jobs that have a scenario of the queue operation', async () => {
    const { document } = await readContract(join(spec, 'openapi.yaml'))
    const operations = readOperations(document)
    const [queue, list] = ['queueImageInstall', 'listImageInstalls'].map((id) =>
      operations.find(({ operationId }) => operationId === id),
    )
    const listed = list && fallback(list.examples, list.scenarios)?.value
    const ids: unknown[] = Object(listed).installs.map(({ jobid }: { jobid: unknown }) => jobid)
    const known = queue?.scenarios.flatMap(({ parameters }) => parameters.map(({ value }) => value))
    expect(ids).not.toHaveLength(0)
    expect(known).toEqual(expect.arrayContaining(ids))
  })

  it('is the same in JSON as in YAML', async () => {
    const { document } = await readContract(join(spec, 'openapi.yaml'))
    expect(JSON.parse(readFileSync(join(spec, 'dist/openapi.json'), 'utf8'))).toEqual(document)
  })
})

describe('a reference', () => {
  it('that leads nowhere is an error in a document that was not validated', () => {
    const resolve = resolver({ openapi: '3.1.1', info: { title: 'None', version: '1.0.0' }, servers: [], paths: {} })
    expect(() => resolve({ $ref: '#/components/schemas/Gone' })).toThrow('#/components/schemas/Gone leads nowhere')
  })
})
