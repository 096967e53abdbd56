import { describe, expect, it } from 'vitest'
import { generatedFrom } from './support/generate.ts'

const json = (schema: unknown, more: object = {}) => ({
  description: 'An answer.',
  content: { 'application/json': { schema, ...more } },
})
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })

/** What is generated for the client from paths, schemas and whatever else stands in the contract. */
async function clientFrom(paths: object, schemas?: object, more: object = {}) {
  const components = schemas && { schemas }
  const { exitCode, complaints, files } = await generatedFrom('client', { ...more, paths, components })
  expect({ exitCode, complaints }).toEqual({ exitCode: 0, complaints: [] })
  return {
    table: files['contract.gen.ts'] ?? '',
    operations: files['operations.gen.ts'] ?? '',
    types: files['schema.gen.ts'] ?? '',
    validators: files['validators.gen.ts'] ?? '',
  }
}

/** One operation `call` and the schema that it answers with. */
const answering = (schema: unknown, schemas?: object) =>
  clientFrom({ '/call': { get: { operationId: 'call', responses: { 200: json(schema) } } } }, schemas)

/** One operation `call` with these parameters. */
const taking = (parameters: object[], path = '/call', more: object = {}) =>
  clientFrom(
    { [path]: { post: { operationId: 'call', parameters, responses: { 204: { description: 'Done.' } } } } },
    undefined,
    more,
  )

/** What is complained of when nothing can be generated for the operation `call`. */
async function refusal(more: object, answer: unknown = {}, schemas?: object, method = 'get') {
  const operation = { operationId: 'call', responses: { 200: json(answer) }, ...more }
  const components = schemas && { schemas }
  const contract = { paths: { '/call': { [method]: operation } }, components }
  const { exitCode, complaints, files } = await generatedFrom('client', contract)
  expect({ exitCode, files }).toEqual({ exitCode: 1, files: {} })
  return complaints.join('\n')
}

describe('a guard', () => {
  const tree = { type: 'object', required: ['kind'], properties: { kind: { const: 'tree' } } }
  const flower = { type: 'object', required: ['kind'], properties: { kind: { enum: ['flower'] } } }
  const plant = { oneOf: [ref('Tree'), ref('Flower')] }

  it('looks at a constant that differs in every sibling', async () => {
    const { operations } = await answering(plant, { Tree: tree, Flower: flower })
    expect(operations).toContain(`isTree = (value: Tree | Flower): value is Tree => value['kind'] === 'tree'`)
    expect(operations).toContain(`isFlower = (value: Tree | Flower): value is Flower => value['kind'] === 'flower'`)
    expect(operations).toContain('/** Whether this is a {@link Tree}: `kind` is `"tree"`. */')
  })

  it('looks at a required property that no sibling has', async () => {
    const { operations } = await answering(plant, {
      Tree: { type: 'object', required: ['height'], properties: { height: { type: 'number' } } },
      Flower: { type: 'object', required: ['kind', 'petals'], properties: { kind: {}, petals: { type: 'integer' } } },
    })
    expect(operations).toContain(`isTree = (value: Tree | Flower): value is Tree => 'height' in value`)
    expect(operations).toContain('it has `height`')
  })

  it('looks at the values that a discriminator maps, or at the name of what it does not map', async () => {
    const mapping = { tree: '#/components/schemas/Tree', bush: '#/components/schemas/Tree' }
    const schema = { ...plant, discriminator: { propertyName: 'kind', mapping } }
    const { operations } = await answering(schema, {
      Tree: { ...tree, properties: {} },
      Flower: { ...flower, properties: {} },
    })
    expect(operations).toContain(`value['kind'] === 'tree' || value['kind'] === 'bush'`)
    expect(operations).toContain(`value is Flower => value['kind'] === 'Flower'`)
    const bare = await answering({ ...plant, discriminator: { propertyName: 'kind' } }, { Tree: tree, Flower: flower })
    expect(bare.operations).toContain(`value is Tree => value['kind'] === 'Tree'`)
  })

  it('is not made for members that nothing tells apart', async () => {
    const { operations } = await answering(plant, { Tree: { type: 'object' }, Flower: { type: 'object' } })
    expect(operations).not.toContain('export const is')
  })

  it('is made once for a schema in several unions, and only if the same mark is good for all', async () => {
    const rock = { type: 'object', required: ['kind'], properties: { kind: { const: 'rock' } } }
    const schemas = { Tree: tree, Flower: flower, Rock: rock, Stuff: { anyOf: [ref('Tree'), ref('Rock')] } }
    const { operations } = await answering(plant, schemas)
    expect(operations).toContain(`isTree = (value: Tree | Flower | Rock): value is Tree`)
    const other = { anyOf: [ref('Tree'), ref('Rock')], discriminator: { propertyName: 'type' } }
    const disputed = await answering(plant, { ...schemas, Stuff: other })
    expect(disputed.operations).not.toContain('isTree')
    expect(disputed.operations).toContain('isFlower')
  })

  it('is not made where a member is no component schema, or one is left beside an error', async () => {
    const inline = { $ref: '#/paths/~1call/get/responses/200/content/application~1json/schema/properties/own' }
    const { operations } = await answering(
      { properties: { own: { type: 'object' }, some: { oneOf: [ref('Tree'), inline] } } },
      { Tree: tree },
    )
    expect(operations).not.toContain('export const is')
    const failed = { type: 'object', 'x-in-band-error': { when: [{ failed: true }] } }
    const beside = await answering({ oneOf: [ref('Tree'), ref('Failed')] }, { Tree: tree, Failed: failed })
    expect(beside.operations).not.toContain('export const is')
  })
})

describe('what a call resolves to', () => {
  const resultOf = async (schema: unknown, schemas?: object) =>
    /export type CallResult = (.*)/.exec((await answering(schema, schemas)).operations)?.[1]
  const failed = {
    type: 'object',
    'x-in-band-error': { when: [{ failed: true, code: 3 }], code: 'code', messages: 'status' },
  }

  it('is a schema by its name, the members of a union without its errors, or a type of its own', async () => {
    expect(await resultOf(ref('Tree'), { Tree: { type: 'object' } })).toBe('Tree')
    expect(await resultOf({ oneOf: [ref('Tree'), ref('Failed')] }, { Tree: {}, Failed: failed })).toBe('Tree')
    expect(await resultOf({ type: 'object' })).toBe(
      `operations['call']['responses'][200]['content']['application/json']`,
    )
    expect(await resultOf({ oneOf: [{ type: 'string' }, ref('Failed')] }, { Failed: failed })).toBe(
      `Exclude<operations['call']['responses'][200]['content']['application/json'], Failed>`,
    )
  })

  it('is unknown where nothing is declared', async () => {
    const { operations, table } = await clientFrom({
      '/call': {
        get: { operationId: 'call', responses: { '2XX': { description: 'x', content: { 'application/json': {} } } } },
      },
      '/never': { get: { operationId: 'never', responses: { 404: { description: 'x' } } } },
    })
    expect(operations).toContain('export type CallResult = unknown')
    expect(operations).toContain('export type NeverResult = unknown')
    expect(table).toContain(`success: { '2XX': ['any'] }`)
  })

  it('is nothing for HEAD, 204 and an answer without content', async () => {
    const { operations, table } = await clientFrom({
      '/a': { head: { operationId: 'look', responses: { 200: json({ type: 'object' }) } } },
      '/b': { get: { operationId: 'gone', responses: { 204: json({ type: 'object' }) } } },
      '/c': { get: { operationId: 'done', responses: { 200: { description: 'Done.' } } } },
    })
    for (const name of ['Look', 'Gone', 'Done']) expect(operations).toContain(`export type ${name}Result = undefined`)
    expect(table.match(/success: \{ '20[04]': \[\] \}/g)).toHaveLength(3)
  })

  it('has the fields of its errors in the type of the error, except those that every error has', async () => {
    const schemas = { Failed: { ...failed, properties: { code: {}, reason: {} } } }
    const { operations, table } = await answering({ oneOf: [{ type: 'string' }, ref('Failed')] }, schemas)
    expect(operations).toContain('`failed: true` with `code: 3`')
    expect(operations).toContain('ApiErrorFields = Readonly<Partial<Pick<Failed, never>>>')
    expect(table).toContain(`inBandErrors: [{ when: [{ failed: true, code: 3 }], code: 'code', fields: [] }]`)
    const other = { type: 'object', 'x-in-band-error': { when: [{ ok: false }], message: 'text' } }
    const told = await answering({ oneOf: [{ type: 'string' }, ref('Other')] }, { Other: other })
    expect(told.table).toContain(`inBandErrors: [{ when: [{ ok: false }], message: 'text', fields: ['text'] }]`)
    expect(told.operations).toContain(`Pick<Other, 'text'>`)
  })

  it.each([undefined, { ok: false }, [], [{}], ['ok'], [{ ok: { not: true } }]])(
    'is not guessed where an in-band error is told by %j',
    async (when) => {
      const wrong = { type: 'object', 'x-in-band-error': { when, message: 'text' } }
      expect(await refusal({}, { oneOf: [{ type: 'string' }, ref('Wrong')] }, { Wrong: wrong })).toMatch(
        /^x-in-band-error in the schema "Wrong" needs `when`, a list of objects/,
      )
    },
  )

  it('is not guessed where an in-band error has no name', async () => {
    const inline = { type: 'object', 'x-in-band-error': { when: [{ ok: false }] } }
    expect(await refusal({}, { oneOf: [{ type: 'string' }, inline] })).toBe(
      'x-in-band-error in answer 200 of "call" must stand in a schema under components/schemas.',
    )
  })

  it.each([
    [{ const: null }, ['null']],
    [{ enum: [[], {}, 'a', 1, true] }, ['object', 'array', 'string', 'number', 'boolean']],
    [{ type: ['integer', 'string'] }, ['string', 'number']],
    [{ allOf: [{ type: ['object', 'array'] }, { type: ['array', 'string'] }] }, ['array']],
    [{ anyOf: [{ type: 'object' }, { type: 'null' }] }, ['object', 'null']],
  ])('of the schema %j is of the types %j', async (schema, types) => {
    const { table } = await answering(schema)
    expect(table).toContain(`success: { '200': [${types.map((type) => `'${type}'`).join(', ')}] }`)
  })

  it('of a schema that is part of itself is found in finite time', async () => {
    const { table, operations } = await answering(ref('Loop'), { Loop: { allOf: [ref('Loop')] } })
    expect(table).toContain(`success: { '200': ['any'] }`)
    expect(operations).toContain('export type CallResult = Loop')
    const union = await answering({ oneOf: [ref('Loop'), ref('Tree')] }, { Loop: { allOf: [ref('Loop')] }, Tree: {} })
    expect(union.operations).not.toContain('export const is')
  })
})

describe('the data of the response checker', () => {
  it('has every assertion, and references by name', async () => {
    const schema = {
      type: 'object',
      description: 'left out',
      properties: {
        tree: ref('Tree'),
        list: { prefixItems: [{ type: 'string' }], items: { $ref: '#/components/schemas/Tree', minProperties: 1 } },
      },
      patternProperties: { '^x-': { type: 'integer' } },
      additionalProperties: false,
      not: { required: ['wrong'] },
      allOf: [{ minProperties: 1 }],
    }
    const { validators } = await answering(schema, {
      Tree: { type: 'object', properties: { next: ref('Tree') } },
      Unused: {},
    })
    expect(validators.replace(/\s+/g, ' ')).toContain(
      `responses = { call: { '200': { type: 'object', allOf: [{ minProperties: 1 }], not: { required: ['wrong'] }, properties: { tree: { $ref: 'Tree' }, list: { prefixItems: [{ type: 'string' }], items: { $ref: 'Tree', minProperties: 1 } }, }, patternProperties: { '^x-': { type: 'integer' } }, additionalProperties: false, }, }, }`,
    )
    expect(validators).toContain(`schemas = { Tree: { type: 'object', properties: { next: { $ref: 'Tree' } } } }`)
    expect(validators).not.toContain('Unused')
  })

  it('says how the members of a union are told apart, where they are', async () => {
    const schemas = { Tree: { required: ['height'], properties: { height: {} } }, Other: { type: 'object' } }
    const { validators } = await answering({ oneOf: [ref('Tree'), ref('Other')] }, schemas)
    expect(validators).toContain(`marks: [{ property: 'height' }, null]`)
    expect((await answering({ anyOf: [{ type: 'string' }, { type: 'null' }] })).validators).not.toContain('marks')
  })

  it('names a reference that is no component schema by its whole path', async () => {
    const path = '#/paths/~1call/get/responses/200/content/application~1json/schema/properties/own'
    const { validators } = await answering({ properties: { own: { type: 'string' }, other: { $ref: path } } })
    expect(validators).toContain(`schemas = { '${path}': { type: 'string' } }`)
  })
})

describe('a parameter', () => {
  const query = (schema: object, more: object = {}) => ({ name: 'value', in: 'query', schema, ...more })

  it.each([
    [{ type: 'integer' }, 'check: integer()'],
    [{ type: 'integer', maximum: 9 }, 'check: integer(undefined, 9)'],
    [{ type: 'integer', multipleOf: 2 }, `check: matching({ type: 'integer', multipleOf: 2 })`],
    [{ type: 'boolean' }, 'check: boolean'],
    [{ type: 'boolean', const: true }, `check: matching({ type: 'boolean', const: true })`],
    [{ type: 'string' }, `check: matching({ type: 'string' })`],
  ])('of %j is checked in the cheapest way that says the same', async (schema, check) => {
    expect((await taking([query(schema)])).table).toContain(check)
  })

  it('of any value is not checked', async () => {
    expect((await taking([query({})])).table).toContain(`parameters: [{ name: 'value', in: 'query' }]`)
  })

  it('in the path or a header is checked for what fits there, whatever its schema', async () => {
    const parameters = [
      { name: 'id', in: 'path', required: true, schema: {} },
      { name: 'X-Id', in: 'header', schema: { type: 'string' } },
    ]
    const { table } = await taking(parameters, '/call/{id}')
    expect(table).toContain(`{ name: 'id', in: 'path', required: true, check: segment() }`)
    expect(table).toContain(`check: headerText(matching({ type: 'string' }))`)
    expect(table).toContain(`import { headerText, segment } from '../rules.ts'`)
  })

  it.each(['Accept', 'content-type', 'Authorization'])('named %s in a header is none', async (name) => {
    expect((await taking([{ name, in: 'header', schema: {} }])).table).toContain('parameters: []')
  })

  it.each([
    [{ style: 'deepObject', explode: true }, `styled({ name: 'value', style: 'deepObject', explode: true })`],
    [{ style: 'pipeDelimited' }, `styled({ name: 'value', style: 'pipeDelimited', explode: false })`],
    [{ explode: false }, `styled({ name: 'value', style: 'form', explode: false })`],
  ])('in the query with %j is written in that style', async (style, writer) => {
    expect((await taking([query({ type: 'array' }, style)])).table).toContain(`url: ${writer}`)
  })

  it.each([{ type: ['object', 'null'] }, { allOf: [ref('Box')] }])(
    'in the query that can be an object as %j is written in the style of OpenAPI',
    async (schema) => {
      const post = { operationId: 'call', parameters: [query(schema)], responses: { 204: { description: 'Done.' } } }
      const { table } = await clientFrom({ '/call': { post } }, { Box: { type: 'object' } })
      expect(table).toContain(`url: styled({ name: 'value', style: 'form', explode: true })`)
    },
  )

  it.each(['header', 'cookie'])('in a %s that is an object is refused', async (place) => {
    expect(await refusal({ parameters: [{ name: 'X', in: place, schema: { type: 'object' } }] })).toBe(
      `The ${place} parameter "X" of "call" is an object: declare it as \`content\` of JSON, or as text.`,
    )
  })

  it('cannot have an option that the client has for something else', async () => {
    expect(await refusal({ parameters: [query({}, { 'x-client': { option: 'fetch' } })] })).toBe(
      'The option "fetch" of a parameter has a name that the client uses already: give it another with x-client.',
    )
  })

  it('without a style of its own, whose values are plain, needs no writer', async () => {
    expect((await taking([query({ type: ['string', 'integer'] })])).table).not.toContain('styled(')
  })

  it('that refers to itself is checked to a depth', async () => {
    const call = {
      post: { operationId: 'call', parameters: [query(ref('Loop'))], responses: { 204: { description: 'Done.' } } },
    }
    const { table } = await clientFrom({ '/call': call }, { Loop: { type: 'array', items: ref('Loop') } })
    expect(table).toContain(`{ type: 'array', items: { type: 'array', items: { type: 'array'`)
    expect(table).toContain('items: true')
  })

  it.each([['integer'], ['number'], ['boolean'], ['array'], ['object'], [['integer', 'null']]])(
    'of type %s with an environment variable is read as JSON',
    async (type) => {
      const { table, operations } = await taking([query({ type }, { 'x-client': { option: 'own', env: 'OWN_VALUE' } })])
      expect(table).toContain('read: JSON.parse')
      expect(operations).toContain('from the option `own` or `OWN_VALUE`.')
      expect(operations).toContain('readonly own?: ')
    },
  )

  it('that is text, or has an option alone, is not converted', async () => {
    const text = await taking([query({ type: 'string' }, { 'x-client': { option: 'own', env: 'OWN_VALUE' } })])
    expect(text.table).toContain(`env: 'OWN_VALUE'`)
    const option = await taking([query({ type: 'integer' }, { required: true, 'x-client': { option: 'own' } })])
    expect(option.operations).toContain('from the option `own`.')
    expect(option.operations).toContain('Default of the parameter `value`.')
    expect(`${text.table}${option.table}`).not.toContain('read:')
    const wrong = await taking([query({ type: 'integer' }, { 'x-client': { option: 7 } })])
    expect(wrong.table).not.toContain('option: 7')
  })

  it('says its bounds, what is known of it and how sure that is', async () => {
    const known = { 'x-extensible-enum': [1, 2, null], 'x-enum-varnames': ['One'] }
    const { operations } = await taking([
      query(
        { type: ['integer', 'null'], minimum: 1, maximum: 9 },
        { description: 'A number.', 'x-evidence': 'observed', ...known },
      ),
    ])
    expect(operations).toMatch(/A number\.\n.*\n.*Integer or null, at least 1, at most 9\./)
    expect(operations).toContain('Known values: 1 One, 2. Others may appear.')
    expect(operations).toContain('Evidence: observed.')
  })

  it.each([
    [{ examples: ['first'] }, `'first'`],
    [{ default: 'usual' }, `'usual'`],
    [{ enum: ['a', 'b'] }, `'a'`],
    [{ type: 'integer', minimum: 5 }, '5'],
    [{ type: 'number' }, '1'],
    [{ type: 'boolean' }, 'true'],
    [{ type: 'array' }, '[]'],
    [{ type: 'object' }, '{}'],
    [{ type: ['string', 'null'] }, `'text'`],
    [{}, `'text'`],
  ])('of %j has a value in the example of the call', async (schema, value) => {
    const { operations } = await taking([query(schema, { required: true })])
    expect(operations).toContain(`await client.call({ value: ${value} })`)
  })
})

describe('a request body', () => {
  const sending = (type: string, more: object = {}) =>
    clientFrom({
      '/call': {
        post: {
          operationId: 'call',
          requestBody: { content: { [type]: { schema: {} } }, ...more },
          responses: { 204: { description: 'x' } },
        },
      },
    })

  it.each([
    ['application/json', `body: { type: 'application/json' }`],
    ['application/merge-patch+json', `body: { type: 'application/merge-patch+json' }`],
    ['text/plain', `body: { type: 'text/plain', write: (value) => value }`],
    ['application/x-www-form-urlencoded', `write: (value) => new URLSearchParams(Object.entries(Object(value))`],
  ])('of type %s is written as that', async (type, entry) => {
    expect((await sending(type)).table).toContain(entry)
  })

  it('that is required has to be given, and stands in the example', async () => {
    const { operations, table } = await sending('application/json', { required: true, description: 'The thing.' })
    expect(operations).toMatch(/The thing\.[\s\S]*readonly body: NonNullable</)
    expect(operations).toContain(`await client.call({ body: 'text' })`)
    expect(table).toContain('required: true')
    expect((await sending('application/json')).operations).toContain('readonly body?: ')
  })
})

describe('a request body that fetch or this client cannot send', () => {
  const body = (type: string, schema: object = {}) => ({ requestBody: { content: { [type]: { schema } } } })

  it.each(['get', 'head'])('is refused for %s', async (method) => {
    expect(await refusal(body('application/json'), {}, undefined, method)).toBe(
      `${method.toUpperCase()} /call ("call") has a body, which \`fetch\` cannot send.`,
    )
  })

  it('is refused, as is TRACE altogether', async () => {
    expect(await refusal({}, {}, undefined, 'trace')).toBe('TRACE /call ("call") is TRACE, which `fetch` cannot send.')
  })

  it.each([
    ['multipart/form-data', {}],
    ['application/xml', { type: 'object' }],
    ['text/plain', { type: ['string', 'array'] }],
    ['application/x-www-form-urlencoded', { type: 'string' }],
  ])('is refused as %s of %j', async (type, schema) => {
    expect(await refusal(body(type, schema), {}, undefined, 'post')).toContain(
      `The body of "call" (${type}) cannot be written`,
    )
  })
})

describe('a pattern', () => {
  const wrong = { type: 'string', pattern: '^[\\w-.]+$' }

  it.each([
    ['in an answer', {}, wrong, {}, 'answer 200 of "call"'],
    ['in a schema', {}, ref('Name'), { Name: wrong }, 'schema "Name"'],
    ['of property names', {}, { patternProperties: { '^[\\w-.]+$': {} } }, {}, 'answer 200 of "call"'],
    ['of a parameter', { parameters: [{ name: 'x', in: 'query', schema: wrong }] }, {}, {}, 'parameter "x" of "call"'],
  ])('%s that is none with the flag u is named with its place', async (_where, more, answer, schemas, place) => {
    const complaint = await refusal(more, answer, schemas)
    expect(complaint).toContain(`The pattern ^[\\w-.]+$ in ${place} is no regular expression: SyntaxError: `)
  })
})

describe('names and constants', () => {
  it('come from the schemas, made fit for TypeScript', async () => {
    const state = {
      type: 'integer',
      'x-extensible-enum': [1, 2, 3],
      'x-enum-varnames': ['Ready', 'On hold'],
      'x-enum-descriptions': ['Can be used.'],
    }
    const { operations } = await answering(ref('job-state'), {
      'job-state': state,
      '2d-point': { description: 'Where.' },
      JobState: {},
    })
    expect(operations).toContain(`/** Can be used. */\n  Ready: 1,\n  'On hold': 2,\n} as const`)
    expect(operations).toContain('export const JobState = {')
    expect(operations).toContain(`/** Where. */\nexport type _2dPoint = components['schemas']['2d-point']`)
    expect(operations).toContain(`export type JobState_ = components['schemas']['JobState']`)
  })
})

describe('where requests go', () => {
  const serversOf = async (more: object) => taking([], '/call', more)

  it('is the absolute addresses of the contract, variables at their defaults', async () => {
    const servers = [
      { url: 'https://{region}.example/v1/', variables: { region: { default: 'eu' } } },
      { url: '/relative' },
      { url: 'http://other.example{unknown}', description: 'Not verified\nthere.' },
    ]
    const { table, operations } = await serversOf({ servers })
    expect(table).toContain(`servers: ['https://eu.example/v1', 'http://other.example']`)
    expect(operations).toContain('Default: `https://eu.example/v1`.')
    expect(operations).toContain('Other servers:\n   * - http://other.example Not verified there.\n')
  })

  it('is an option, named by the contract or baseUrl', async () => {
    const none = await serversOf({})
    expect(none.operations).toContain('The contract names no server, so a call without this is refused.')
    expect(none.table).toContain(`baseUrl: { option: 'baseUrl' }`)
    const info = { title: 'Test', version: '1.0.0', 'x-client': { baseUrl: { option: 'host', env: 'HOST_URL' } } }
    expect((await serversOf({ info })).table).toContain(`baseUrl: { option: 'host', env: 'HOST_URL' }`)
    expect((await serversOf({ info: { ...info, 'x-client': 'host' } })).table).toContain(
      `baseUrl: { option: 'baseUrl' }`,
    )
  })
})

describe('what a method says of itself', () => {
  it('has an example that is TypeScript, with values of the declared types', async () => {
    const Item = {
      type: 'object',
      required: ['name', 'parts'],
      properties: { name: { type: 'string' }, parts: { type: 'array', minItems: 1, items: { const: 3 } } },
    }
    const schema = { type: 'array', minItems: 1, items: { oneOf: [ref('Item'), { type: 'null' }] } }
    const operation = {
      operationId: 'get-a.b',
      requestBody: { required: true, content: { 'application/json': { schema } } },
      responses: { 204: { description: 'x' } },
    }
    const { operations } = await clientFrom({ '/a': { put: operation } }, { Item })
    expect(operations).toContain(`await client['get-a.b']({ body: [{ name: 'text', parts: [3] }] })`)
  })

  it('is whether it changes state, where more is said, and that it is deprecated', async () => {
    const { operations, table } = await clientFrom({
      '/a': {
        get: { operationId: 'read', responses: { 204: { description: 'x' } } },
        put: {
          operationId: 'write',
          summary: 'Writes */ it.',
          deprecated: true,
          externalDocs: { url: 'https://docs.example' },
          responses: { 204: { description: 'x' } },
        },
      },
    })
    expect(operations).toContain('Changes nothing: it is sent again after a lost connection')
    expect(operations).toContain(
      'Changes state: it is sent again only after a failure in which it provably was not sent.',
    )
    expect(operations).toContain('Writes *\\/ it.')
    expect(operations).toContain('@see {@link https://docs.example}\n   * @deprecated')
    expect(table).toContain(`import { once, readOnly } from '../retry.ts'`)
    expect(table).toContain(`docs: 'https://docs.example'`)
  })
})

describe('the path', () => {
  it('keeps the styles of its parameters', async () => {
    const parameter = (name: string, style: object) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'array' },
      ...style,
    })
    const parameters = [
      parameter('a', { style: 'matrix', explode: true }),
      parameter('b', { style: 'label' }),
      parameter('c', {}),
    ]
    expect((await taking(parameters, '/{a}/{b}/{c}')).table).toContain(`path: '/{;a*}/{.b}/{c}'`)
  })
})
