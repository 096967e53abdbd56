import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  byPrecedence,
  type Contract,
  fallback,
  InvalidContractError,
  readContract,
  resolver,
} from '../src/old/index.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-contract-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function read(source: string): Promise<Contract> {
  const file = join(folder, 'contract.yaml')
  writeFileSync(file, source)
  return readContract(file)
}

const head = 'openapi: 3.1.0\ninfo: { title: Pets, version: 1.2.3 }\n'
const named = (...names: string[]) => names.map((name) => `${name}: { value: ${name} }`).join(', ')

describe('a contract that cannot be used', () => {
  it.each([
    ['is not there', undefined, /^\S*none\.yaml:1:1 cannot be read: ENOENT/],
    ['is not YAML', 'openapi: 3.1.0\ninfo: [', /^\S*contract\.yaml:2:\d+ not YAML: /],
    ['is empty', '', /^\S*contract\.yaml:1:1 not an OpenAPI 3\.1 document/],
    ['is of another version', 'openapi: 3.0.3\n', /^\S*contract\.yaml:1:1 not an OpenAPI 3\.1 document/],
    [
      'breaks the structure',
      `${head}paths:\n  /pets:\n    fetch: {}\n`,
      /^\S*contract\.yaml:5:5 Property `fetch` is not/,
    ],
    [
      'has a reference that leads nowhere',
      `${head}paths:\n  /pets:\n    $ref: '#/nothing'\n`,
      /^\S*contract\.yaml:5:\d+ Can't resolve \$ref/,
    ],
    [
      'has a parameter in another file',
      `${head}paths:\n  /pets:\n    parameters:\n      - $ref: ./param.yaml\n`,
      /^\S*contract\.yaml:6:\d+ The reference \.\/param\.yaml leaves the document; the contract is one file\./,
    ],
    [
      'has a schema in another file',
      `${head}components:\n  schemas:\n    Pet:\n      $ref: other.yaml#/Pet\n`,
      /^\S*contract\.yaml:6:\d+ The reference other\.yaml#\/Pet leaves the document; the contract is one file\./,
    ],
  ])('is refused with file, line and reason when it %s', async (_, source, message) => {
    const contract = source === undefined ? readContract(join(folder, 'none.yaml')) : read(source)
    const error = await contract.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(InvalidContractError)
    expect(error).toHaveProperty('message', expect.stringMatching(message))
  })

  it('is reported with every finding on a line of its own', async () => {
    const error = await read(`${head}paths:\n  /pets:\n    fetch: {}\n    grab: {}\n`).catch(
      (reason: unknown) => reason,
    )
    expect(String(Object(error).message).split('\n')).toHaveLength(2)
  })
})

describe('an operation', () => {
  it('has the parameters of its path but those it overrides, with references resolved', async () => {
    const { operations } = await read(`${head}paths:
  /pets/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
      - { $ref: '#/components/parameters/page' }
    get:
      operationId: getPet
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses: { 200: { $ref: '#/components/responses/pet' } }
components:
  parameters: { page: { name: page, in: query, schema: { type: integer } } }
  responses: { pet: { description: A pet. } }
`)
    expect(operations).toHaveLength(1)
    expect(operations[0]?.parameters).toEqual([
      expect.objectContaining({ name: 'page' }),
      expect.objectContaining({ name: 'id', schema: { type: 'integer' } }),
    ])
    expect(operations[0]?.responses.get('200')).toEqual({ description: 'A pet.' })
  })

  it('is named after method and path when it has no operationId', async () => {
    const { operations } = await read(`${head}paths:\n  /pets/{pet-id}/tags:\n    put: { responses: {} }\n`)
    expect(operations.map(({ operationId }) => operationId)).toEqual(['putPetsPetIdTags'])
  })

  it('changes state by its verb, unless the contract says otherwise', async () => {
    const { operations } = await read(`${head}paths:
  /a:
    get: { operationId: reads, responses: {} }
    post: { operationId: writes, responses: {} }
  /b:
    get: { operationId: readsAndWrites, x-state-changing: true, responses: {} }
    post: { operationId: onlyReads, x-state-changing: false, responses: {} }
`)
    expect(operations.map(({ operationId, stateChanging }) => [operationId, stateChanging])).toEqual([
      ['reads', false],
      ['writes', true],
      ['readsAndWrites', true],
      ['onlyReads', false],
    ])
  })
})

describe('scenarios', () => {
  it('pair an input with the answer of the same name, and are tried from the narrowest on', async () => {
    const { operations } = await read(`${head}paths:
  /pets/{id}:
    post:
      operationId: changePet
      parameters:
        - { name: id, in: path, required: true, schema: {}, examples: { ${named('path', 'both')} } }
        - { name: page, in: query, schema: {}, examples: { ${named('query', 'both', 'queryAndBody')} } }
      requestBody: { content: { text/plain: { examples: { ${named('queryAndBody', 'body')} } } } }
      responses:
        200:
          description: It worked.
          content: { text/plain: { examples: { ${named('body', 'free', 'query', 'path', 'queryAndBody', 'both')} } } }
`)
    const [operation] = operations
    expect(operation?.scenarios.toSorted(byPrecedence).map(({ name }) => name)).toEqual([
      'both',
      'path',
      'queryAndBody',
      'query',
      'body',
    ])
    expect(operation?.scenarios.find(({ name }) => name === 'queryAndBody')).toMatchObject({
      status: '200',
      mediaType: 'text/plain',
      parameters: [{ name: 'page', in: 'query', value: 'queryAndBody' }],
      body: { value: 'queryAndBody' },
    })
  })

  it('are one where an answer is offered in several media types', async () => {
    const { operations } = await read(`${head}paths:
  /pets:
    get:
      parameters: [{ name: page, in: query, schema: {}, examples: { ${named('first')} } }]
      responses:
        200:
          description: It worked.
          content:
            application/json: { examples: { ${named('first')} } }
            application/xml: { examples: { ${named('first')} } }
        404: { description: None., content: { application/json: { examples: { ${named('first')} } } } }
`)
    expect(operations[0]?.scenarios.map(({ name, status }) => [name, status])).toEqual([
      ['first', '200'],
      ['first', '404'],
    ])
  })

  it.each([
    ['the first answer of the lowest 2xx that no input chooses', '201', ['tied', 'free', 'other'], 'free'],
    ['its first answer when inputs choose them all', '201', ['tied'], 'tied'],
  ])('leave to every other request %s', async (_, status, names, expected) => {
    const { operations } = await read(`${head}paths:
  /pets:
    get:
      parameters: [{ name: page, in: query, schema: {}, examples: { ${named('tied')} } }]
      responses:
        404: { description: None., content: { text/plain: { examples: { ${named('none')} } } } }
        202: { description: Later., content: { text/plain: { examples: { ${named('later')} } } } }
        ${status}: { description: Made., content: { text/plain: { examples: { ${named(...names)} } } } }
`)
    const [operation] = operations
    expect(operation && fallback(operation.answers, operation.scenarios)).toMatchObject({ name: expected })
  })

  it('leave nothing to answer with where no success has an example', async () => {
    const { operations } = await read(
      `${head}paths:\n  /pets:\n    get: { responses: { 204: { description: Done. } } }\n`,
    )
    expect(operations.map(({ answers, scenarios }) => fallback(answers, scenarios))).toEqual([undefined])
  })
})

describe('the real contract', () => {
  it('answers each of its scenarios with the state, shape and status that the name says', async () => {
    const { operations } = await readContract(join(import.meta.dirname, '../../../spec/openapi.yaml'))
    const scenarios = new Map(operations[0]?.scenarios.map((scenario) => [scenario.name, scenario]))
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
      [...scenarios.values()].find(({ parameters: [first], ...rest }) => first?.value === jobid && rest.value),
    )
    expect(errors.map((scenario) => scenario?.status)).toEqual(['200', '400', '401', '403', '404', '500'])
    for (const error of errors) expect(error?.value).toMatchObject({ success: false, error: true })
    expect(scenarios).toHaveLength(2 + 14 + 6)
  })
})

describe('a reference', () => {
  const document = {
    openapi: '3.1.0',
    info: {},
    components: { a: { $ref: '#/components/b~1c' }, 'b/c': { type: 'string' } },
  }
  // Only the places that the references below name are read.
  const resolve = resolver(document as never)

  it.each([
    ['another document', 'other.yaml#/a', 'The reference other.yaml#/a leaves the document; the contract is one file.'],
    ['nowhere', '#/components/d', 'The reference #/components/d leads nowhere.'],
  ])('that leads to %s is named', (_, $ref, message) => {
    expect(() => resolve({ $ref })).toThrow(message)
  })

  it('is followed to the end, through escaped names', () => {
    expect(resolve({ $ref: '#/components/a' })).toEqual({ type: 'string' })
  })

  it('that leads in a circle is named', () => {
    const circle = { openapi: '3.1.0', info: {}, a: { $ref: '#/b' }, b: { $ref: '#/a' } }
    expect(() => resolver(circle as never)({ $ref: '#/a' })).toThrow(/leads in a circle/)
  })
})

it('the JSON form says the same as the YAML', async () => {
  const { document } = await readContract(join(import.meta.dirname, '../../../spec/openapi.yaml'))
  expect(JSON.parse(readFileSync(join(import.meta.dirname, '../../../spec/dist/openapi.json'), 'utf8'))).toEqual(
    document,
  )
})
