import { describe, expect, it } from 'vitest'
import { generatedFrom } from './support/generate.ts'

const done = { 204: { description: 'Done.' } }

async function tableOf(contract: object): Promise<string> {
  const { exitCode, complaints, files } = await generatedFrom('mock', contract)
  expect({ exitCode, complaints }).toEqual({ exitCode: 0, complaints: [] })
  return files['contract.gen.ts'] ?? ''
}

const sampleOf = async (contract: object): Promise<unknown> =>
  JSON.parse(/SampleRequest \| undefined = (.*)/.exec(await tableOf(contract))?.[1]?.replace('undefined', 'null') ?? '')

describe('the request to show', () => {
  it('has what is required, and credentials', async () => {
    const schemes = {
      user: { type: 'http', scheme: 'basic' },
      token: { type: 'http', scheme: 'bearer' },
      key: { type: 'apiKey', in: 'header', name: 'X-Key' },
    }
    const parameters = [
      { name: 'id', in: 'path', required: true, schema: { type: 'string' }, example: 'a/b' },
      { name: 'size', in: 'query', required: true, schema: { type: 'integer' } },
      { name: 'left', in: 'query', schema: { type: 'integer' } },
      { name: 'X-Who', in: 'header', required: true, schema: { default: "it's me" } },
    ]
    const sample = (security: object[]) =>
      sampleOf({
        components: { securitySchemes: schemes },
        paths: { '/call/{id}': { delete: { operationId: 'call', parameters, security, responses: done } } },
      })
    const who = `--header 'X-Who: it'\\''s me'`
    expect(await sample([{ user: [] }, { token: [] }])).toEqual({
      target: '/call/a%2Fb?size=1',
      flags: ['--request DELETE', '--user key:secret', who],
    })
    expect(await sample([{ token: [], key: [] }])).toEqual({
      target: '/call/a%2Fb?size=1',
      flags: ['--request DELETE', `--header 'authorization: Bearer token'`, `--header 'x-key: key'`, who],
    })
    expect(await sample([])).toEqual({ target: '/call/a%2Fb?size=1', flags: ['--request DELETE', who] })
  })

  it('is that of the first operation that needs no body, or none', async () => {
    const post = (required: boolean) => ({
      operationId: 'send',
      requestBody: { required, content: { 'text/plain': {} } },
      responses: done,
    })
    expect(await sampleOf({ paths: { '/send': { post: post(true) } } })).toBeNull()
    expect(await sampleOf({ paths: { '/send': { post: post(false) } } })).toMatchObject({ target: '/send' })
    expect(await sampleOf({ paths: { '/send': { post: post(true) }, '/get': { get: { responses: done } } } })).toEqual({
      target: '/get',
      flags: [],
    })
  })

  it.each([
    [{ example: 'own', schema: { default: 'usual' } }, 'own'],
    [{ schema: { examples: ['first'] } }, 'first'],
    [{ schema: { default: 'usual', enum: ['rare', 'usual'] } }, 'usual'],
    [{ schema: { enum: ['one', 'two'] } }, 'one'],
    [{ schema: {}, examples: { paired: { value: 'named' } } }, 'named'],
    [{ schema: { type: 'integer', minimum: 7 } }, '7'],
    [{ schema: { type: ['number', 'null'] } }, '1'],
    [{ schema: { type: 'boolean' } }, 'true'],
    [{ schema: { type: 'string' } }, 'example'],
    [{ content: { 'application/json': {} } }, 'example'],
  ])('gives the parameter %j the value %s', async (parameter, value) => {
    const parameters = [{ name: 'it', in: 'query', required: true, ...parameter }]
    const paths = { '/call': { get: { operationId: 'call', parameters, responses: done } } }
    expect(await sampleOf({ paths })).toMatchObject({ target: `/call?it=${value}` })
  })
})

describe('what Prism is given', () => {
  it('has no prose, but whatever the contract calls by such a name', async () => {
    const value = { description: 'of the example', tags: [1] }
    const schema = {
      description: 'left out',
      'x-evidence': 'assumed',
      properties: { description: { const: 'kept' }, tags: { type: 'array' } },
    }
    const responses = { 200: { description: 'left out', content: { 'application/json': { schema, example: value } } } }
    const parameters = [{ $ref: '#/components/parameters/tags' }]
    const table = await tableOf({
      paths: { '/call': { get: { description: 'left out', parameters, responses } } },
      components: { parameters: { tags: { name: 'label', in: 'query', schema: { type: 'integer' } } } },
    })
    expect(table).not.toMatch(/left out|x-evidence/)
    const details = JSON.parse(String(JSON.parse(/details: (".*"),/.exec(table)?.[1] ?? '')))
    expect(details.prism).toMatchObject({
      request: { query: [{ name: 'label', schema: { type: 'integer' } }] },
      responses: [{ contents: [{ examples: [{ value }], schema: { properties: schema.properties } }] }],
    })
  })
})

describe('the status of an answer', () => {
  const examples = { named: { value: 'x' } }
  const answer = { description: 'x', content: { 'text/plain': { examples } } }
  const codesOf = async (responses: object) => {
    const table = await tableOf({ paths: { '/call': { get: { operationId: 'call', responses } } } })
    const details: unknown = JSON.parse(/details: (".*"),/.exec(table)?.[1] ?? '')
    const { answers }: { answers: { code: number }[] } = JSON.parse(String(details))
    return answers.map(({ code }) => code)
  }

  it('is the first that no other key takes, for a range and for default', async () => {
    expect(await codesOf({ 200: answer, 404: answer, '4XX': answer, default: answer })).toEqual([200, 400, 404, 500])
    expect(await codesOf({ 400: answer, '4XX': answer })).toEqual([400, 401])
    expect(await codesOf({ default: answer })).toEqual([200])
  })
})
