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

  it('is named even where it is the folder that the command runs in', async () => {
    await expect(readContract(process.cwd())).rejects.toThrow(`${process.cwd()}:1:1: cannot be read: `)
  })

  it('is reported with every mistake on a line of its own, in the order of the text', async () => {
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

  it('may begin with a byte order mark, which shifts no position', async () => {
    const file = join(folder, 'contract.yaml')
    writeFileSync(file, '\uFEFFweb: {}\nopenapi: 3.1.1\n')
    await expect(readContract(file)).rejects.toThrow(/contract\.yaml:1:1: "web" is outside the profile/)
  })

  it('has no line breaks at the ends of its texts, whatever style of scalar they are written in', async () => {
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

  it('is not looked into any further: a file that its example data names is not opened', async () => {
    const file = join(folder, 'contract.yaml')
    const contract = readFileSync(join(spec, 'openapi.yaml'), 'utf8')
    writeFileSync(join(folder, 'secret.json'), 'not JSON, so that reading it would be reported')
    writeFileSync(file, contract.replace(/value: \{ versionmirrorid.*\n/, 'value: { $ref: ./secret.json }\n'))
    await expect(readContract(file)).rejects.toThrow(/: "\$ref" is outside the profile: this is data[^\n]*$/)
  })
})

/** A document with one operation, of which the rest is as small as can be. */
function operationOf(text: string): Operation | undefined {
  const document = parseYaml(`info: {}\nservers: []\npaths:\n${text}`)
  // Only what the operation has is read.
  return readOperations(document as Document)[0]
}

const json = (...names: readonly string[]) =>
  `{ application/json: { schema: {}, examples: { ${names.map((name) => `${name}: { value: ${name} }`).join(', ')} } } }`

describe('an operation', () => {
  it('has the parameters of its path but those it overrides, with references resolved', () => {
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
    ['asks for nothing where nothing is asked for', '', '', []],
    ['asks for what the document does', 'security: [{ basic: [] }]\n', '', ['basic']],
    [
      'asks for what it says itself',
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

  it('pair inputs with the example of the same name, and are tried from the narrowest on', () => {
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
    ['the first example of the lowest 2xx that no input chooses', json('tied', 'free', 'other'), 'free'],
    ['its first example when inputs choose them all', json('tied'), 'tied'],
    [
      'none that only follows another one',
      '{ application/json: { schema: {}, examples: { tied: { value: 1, x-next: later }, later: { value: 2 } } } }',
      'tied',
    ],
  ])('leave to every other request %s', (_, content, expected) => {
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

  it('leave nothing to answer with where no success has an example', () => {
    const operation = operationOf(
      "  /pets: { get: { operationId: getPets, responses: { '204': { description: Done. } } } }",
    )
    expect(operation && fallback(operation.examples, operation.scenarios)).toBeUndefined()
  })
})

describe('the real contract', () => {
  it('answers each scenario of the queue call with the state, shape and status that its name says', async () => {
    const { document } = await readContract(join(spec, 'openapi.yaml'))
    const [queue] = readOperations(document)
    const scenarios = new Map(queue?.scenarios.map((scenario) => [scenario.name, scenario]))
    const states = ['Created', 'Pending', 'Queued', 'Running', 'Completed', 'Failed', 'Squashed']
    for (const [index, state] of states.entries()) {
      for (const [kind, id] of [
        ['mirror', 'versionmirrorid'],
        ['machine', 'machinejobid'],
      ] as const) {
        const scenario = scenarios.get(`${kind}${state}`)
        expect(scenario?.parameters.map(({ value }) => value)).toEqual([1001 + index, kind === 'mirror'])
        expect(scenario?.value).toMatchObject({ [id]: expect.any(Number), jobstateid: index + 1, jobstatename: state })
      }
    }
    const errors = [2001, 4000, 4001, 4003, 4004, 5000].map((jobid) =>
      [...scenarios.values()].find(({ parameters: [first] }) => first?.value === jobid),
    )
    expect(errors.map((scenario) => scenario?.status)).toEqual(['200', '400', '401', '403', '404', '500'])
    for (const error of errors) expect(error?.value).toMatchObject({ success: false, error: true })
    expect(scenarios).toHaveLength(2 + 14 + 6)
  })

  it('lists, where nothing else is asked for, jobs that the queue call knows', async () => {
    const { document } = await readContract(join(spec, 'openapi.yaml'))
    const [queue, list] = readOperations(document)
    const listed = list && fallback(list.examples, list.scenarios)?.value
    const ids: unknown[] = Object(listed).installs.map(({ jobid }: { jobid: unknown }) => jobid)
    const known = queue?.scenarios.flatMap(({ parameters }) => parameters.map(({ value }) => value))
    expect(ids).toHaveLength(2)
    expect(known).toEqual(expect.arrayContaining(ids))
  })

  it('says in its JSON form the same as in YAML', async () => {
    const { document } = await readContract(join(spec, 'openapi.yaml'))
    expect(JSON.parse(readFileSync(join(spec, 'dist/openapi.json'), 'utf8'))).toEqual(document)
  })
})

describe('a reference', () => {
  it('that leads nowhere, in a document that was not read by the profile, is an error and no empty component', () => {
    const resolve = resolver({ openapi: '3.1.1', info: { title: 'None', version: '1.0.0' }, servers: [], paths: {} })
    expect(() => resolve({ $ref: '#/components/schemas/Gone' })).toThrow('#/components/schemas/Gone leads nowhere')
  })
})
