import { afterEach, describe, expect, test, vi } from 'vitest'
import { makeClient } from '../src/client.ts'
import type { OperationEntry, ParameterEntry, PlainSchema } from '../src/contract.ts'
import { failureOf, recorder } from './support/calls.ts'
import { contractOf } from './support/one-operation.ts'

afterEach(() => vi.unstubAllEnvs())

/** Calls the operation. `sent` returns the request that `fetch` received. */
async function call(operation: Partial<OperationEntry>, parameters: object, options: object = {}) {
  const { fetch, requests } = recorder(() => new Response(null, { status: 204 }))
  const client = makeClient(contractOf(operation), { fetch, ...options })
  const result = client.call?.({ ...parameters }) ?? Promise.reject(new Error('no such operation'))
  return { result, sent: () => requests[0] }
}

const plain = (name: string, place: ParameterEntry['in'], type = 'string'): ParameterEntry => ({
  name,
  in: place,
  schema: { type },
})

describe('a request', () => {
  test('accepts JSON and has a user agent, unless the call sets other headers', async () => {
    const { fetch, requests } = recorder(() => new Response(null, { status: 204 }))
    const client = makeClient(contractOf({}), { fetch })
    await client.call?.({})
    await client.call?.({}, { headers: { Accept: 'text/plain' } })
    expect(requests.map(({ headers }) => [headers.get('accept'), headers.get('user-agent')])).toEqual([
      ['application/json', 'test'],
      ['text/plain', 'test'],
    ])
  })

  test('writes a list in the query by repeating its name, and omits parameters that are not given', async () => {
    const ids: ParameterEntry = { name: 'ids', in: 'query', schema: { type: 'array', items: { type: 'integer' } } }
    const { result, sent } = await call({ parameters: [ids, plain('page', 'query')] }, { ids: [1, 2] })
    await result
    expect(sent()?.url).toBe('https://api.example/call?ids=1&ids=2')
  })

  test.each(['', '.', '..'])('may have %j in the query, where it does not change the path', async (page) => {
    const { result, sent } = await call({ parameters: [plain('page', 'query')] }, { page })
    await result
    expect(sent()?.url).toBe(`https://api.example/call?page=${page}`)
  })

  test('replaces each occurrence of a path parameter, literally', async () => {
    const parameters = [plain('a', 'path'), plain('ab', 'path')]
    const { result, sent } = await call({ path: '/{a}/{ab}/{a}', parameters }, { a: '{ab}$&', ab: '$1' })
    await result
    expect(sent()?.url).toBe('https://api.example/%7Bab%7D%24%26/%241/%7Bab%7D%24%26')
  })

  test('ignores inherited properties', async () => {
    const parameters = ['constructor', 'toString'].map((name) => plain(name, 'query'))
    const one = await call({ parameters }, {})
    await one.result
    expect(one.sent()?.url).toBe('https://api.example/call')
    const option: ParameterEntry = { ...plain('size', 'query'), option: 'valueOf' }
    const two = await call({ parameters: [option] }, {})
    await two.result
    expect(two.sent()?.url).toBe('https://api.example/call')
  })
})

test.each<[string, ParameterEntry, unknown, string]>([
  [
    'a list with a lone surrogate',
    { ...plain('ids', 'query', 'array'), schema: { type: 'array', items: { type: 'string' } } },
    ['a', '\ud800'],
    '`ids` must be well-formed Unicode',
  ],
  ['not a number', plain('size', 'query', 'number'), Number.NaN, '`size` must be a number, but is NaN.'],
  ['not a list', plain('ids', 'query', 'array'), 'a', '`ids` must be an array, but is "a".'],
  [
    'one character that matches as two without the flag u',
    { name: 'icon', in: 'query', schema: { type: 'string', pattern: '^..$' } },
    '🎮',
    '`icon` must match ^..$',
  ],
])('a parameter is rejected if it is %s', async (_what, parameter, value, message) => {
  const { result, sent } = await call({ parameters: [parameter] }, { [parameter.name]: value })
  expect((await failureOf(result)).message).toContain(message)
  expect(sent()).toBeUndefined()
})

describe('a body', () => {
  test('is JSON', async () => {
    const { result, sent } = await call({ body: { required: true } }, { body: { a: [1] } })
    await result
    expect([sent()?.init?.body, sent()?.headers.get('content-type')]).toEqual(['{"a":[1]}', 'application/json'])
  })

  test('that is optional and not given is not sent', async () => {
    const { result, sent } = await call({ body: { required: false } }, {})
    await result
    expect([sent()?.init?.body, sent()?.headers.get('content-type')]).toEqual([undefined, null])
  })

  test.each([
    ['missing', {}, 'missing', '`body` is required.'],
    ['not JSON', { body: { size: 1n } }, 'invalid', '`body` cannot be written as JSON.'],
  ])('that is %s is rejected', async (_what, given, code, message) => {
    const { result, sent } = await call({ body: { required: true } }, given)
    expect(await failureOf(result)).toMatchObject({
      message: `call: ${message}`,
      problems: [{ code, name: 'body', message }],
    })
    expect(sent()).toBeUndefined()
  })
})

describe('a value', () => {
  const problemWith = async (schema: PlainSchema, value: unknown, place: ParameterEntry['in'] = 'query') => {
    const path = place === 'path' ? '/call/{it}' : '/call'
    const { result, sent } = await call({ path, parameters: [{ name: 'it', in: place, schema }] }, { it: value })
    const message = await result.then(
      () => undefined,
      (error: Error) => error.message,
    )
    expect(sent() === undefined).toBe(message !== undefined)
    return message
  }

  test.each<[PlainSchema, unknown, string | undefined]>([
    [{ type: 'string' }, 'a/b', undefined],
    [{ type: 'string' }, '...', undefined],
    [{ type: 'string' }, '', 'must not be empty, "." or "..", but is ""'],
    [{ type: 'string' }, '.', 'must not be empty, "." or "..", but is "."'],
    [{ type: 'string' }, '..', 'must not be empty, "." or "..", but is ".."'],
    [{ type: 'string' }, '\ud800', 'must be well-formed Unicode, but is "\\ud800"'],
    [{ type: 'string', maxLength: 2 }, 'abc', 'must have at most 2 characters, but is "abc"'],
  ])('in the path by rule %#: %j', async (schema, value, problem) => {
    expect(await problemWith(schema, value, 'path')).toBe(problem && `call: \`it\` ${problem}.`)
  })

  test.each<[PlainSchema, unknown, string | undefined]>([
    [{ type: 'string' }, 'plain text\tand more', undefined],
    [{ type: 'string' }, 'Zürich', undefined],
    [{ type: 'string' }, 'line\nbreak', 'must contain only characters allowed in a header, but is "line\\nbreak"'],
    [{ type: 'string' }, '€', 'must contain only characters allowed in a header, but is "€"'],
    [{ type: 'boolean' }, 'yes', 'must be true or false, but is "yes"'],
    [{ type: 'boolean' }, true, undefined],
  ])('in a header by rule %#: %j', async (schema, value, problem) => {
    expect(await problemWith(schema, value, 'header')).toBe(problem && `call: \`it\` ${problem}.`)
  })

  test.each<[PlainSchema, unknown, string | undefined]>([
    [{ type: 'array', items: { type: 'integer' } }, [1, 'a'], 'must be an integer at index 1, but is [1,"a"]'],
    [{ type: 'array', items: { type: 'integer' } }, [1, 2], undefined],
    [{ type: 'array', items: { type: 'integer' }, minItems: 1 }, [], 'must have at least 1 items, but is []'],
    [{ type: 'string', enum: ['a', 'b'] }, 'c', 'must be "a" or "b", but is "c"'],
    [{ type: 'string', pattern: '^a+$' }, 'b', 'must match ^a+$, but is "b"'],
  ])('in the query by rule %#: %j', async (schema, value, problem) => {
    expect(await problemWith(schema, value)).toBe(problem && `call: \`it\` ${problem}.`)
  })

  test('from the environment is parsed by its type', async () => {
    const limit: ParameterEntry = { ...plain('limit', 'query', 'integer'), option: 'limit', env: 'TEST_LIMIT' }
    const name: ParameterEntry = { ...plain('name', 'query'), option: 'name', env: 'TEST_NAME' }
    vi.stubEnv('TEST_LIMIT', '7')
    vi.stubEnv('TEST_NAME', '7')
    const read = await call({ parameters: [limit, name] }, {})
    await read.result
    expect(read.sent()?.url).toBe('https://api.example/call?limit=7&name=7')
    vi.stubEnv('TEST_LIMIT', '7a')
    const unread = await call({ parameters: [limit] }, {})
    expect((await failureOf(unread.result)).message).toBe('call: `limit` must be an integer, but TEST_LIMIT is "7a".')
  })

  test('with a client option but without environment variable is requested by that option', async () => {
    const { result } = await call({ parameters: [{ ...plain('limit', 'query'), required: true, option: 'limit' }] }, {})
    expect((await failureOf(result)).message).toBe(
      'call: `limit` is required. Pass it or set the client option `limit`.',
    )
  })
})

describe('several problems', () => {
  test('are reported at once, one per line, and as data', async () => {
    const operation = {
      parameters: [{ ...plain('limit', 'query', 'integer'), required: true }, plain('name', 'query')],
      security: ['keys'],
    }
    const contract = {
      ...contractOf(operation),
      securitySchemes: {
        keys: { scheme: 'basic' as const, secrets: [{ option: 'user' }, { option: 'pass' }] },
      },
      security: ['keys'],
    }
    const client = makeClient(contract, { baseUrl: 'nowhere', maxRetries: -1 })
    const error = await failureOf(client.call?.({ name: 3 }) ?? Promise.resolve())
    const problems = [
      { code: 'missing', name: 'limit', message: '`limit` is required.' },
      { code: 'invalid', name: 'name', message: '`name` must be a string, but is 3.' },
      { code: 'invalid', name: 'maxRetries', message: '`maxRetries` must be an integer, at least 0, but is -1.' },
      {
        code: 'invalid',
        name: 'baseUrl',
        message: '`baseUrl` must be an HTTP or HTTPS URL without credentials, query and fragment.',
      },
      { code: 'missing', name: 'credentials', message: 'no credentials. Set `user` and `pass`.' },
    ]
    expect(error.problems).toEqual(problems)
    const lines = problems.map(({ message }) => `\n- ${message}`)
    expect(error.message).toBe(`call: invalid options or parameters:${lines.join('')}`)
    expect(error.toJSON()).toMatchObject({ code: 'configuration', problems })
  })
})
