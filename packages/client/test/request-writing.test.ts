import { describe, expect, test, vi } from 'vitest'
import { makeClient } from '../src/client.ts'
import type { Body, Operation, Parameter } from '../src/contract.ts'
import { boolean, type Check, headerText, integer, segment } from '../src/rules.ts'
import { browserRuntime } from '../src/runtime-browser.ts'
import { matching } from '../src/schema.ts'
import { styled } from '../src/transport.ts'
import { failureOf } from './support/calls.ts'
import { contractOf } from './support/one-operation.ts'

/** Calls the operation; what was sent is what fetch got. */
async function call(operation: Partial<Operation>, parameters: object, options: object = {}) {
  const fetch = vi.fn<typeof globalThis.fetch>(async () => new Response(null, { status: 204 }))
  const client = makeClient(contractOf(operation), { fetch, ...options }, browserRuntime)
  const result = client.call?.({ ...parameters }) ?? Promise.reject(new Error('no such operation'))
  return { result, sent: () => fetch.mock.calls.map(([url, init]) => ({ url: String(url), init }))[0] }
}

describe('query parameters', () => {
  const inQuery = (...names: string[]): Parameter[] => names.map((name) => ({ name, in: 'query' }))
  const written = async (operation: Partial<Operation>, parameters: object) => {
    const { result, sent } = await call(operation, parameters)
    await result
    return sent()?.url.replace('https://api.example/call', '')
  }

  test.each([
    ['form', true, '?ids=1&ids=2'],
    ['form', false, '?ids=1,2'],
    ['spaceDelimited', false, '?ids=1%202'],
    ['pipeDelimited', false, '?ids=1|2'],
  ])('of style %s and explode %s are written as %s', async (style, explode, expected) => {
    const operation = { parameters: inQuery('ids'), url: styled({ name: 'ids', style, explode }) }
    expect(await written(operation, { ids: [1, 2] })).toBe(expected)
  })

  test.each([
    ['deepObject', true, '?box[w]=1&box[h]=2'],
    ['form', true, '?w=1&h=2'],
    ['form', false, '?box=w,1,h,2'],
  ])('that are objects of style %s and explode %s too', async (style, explode, expected) => {
    const operation = { parameters: inQuery('box'), url: styled({ name: 'box', style, explode }) }
    expect(await written(operation, { box: { w: 1, h: 2 } })).toBe(expected)
  })

  test('have each its own style, and those that are not given leave nothing behind', async () => {
    const operation = {
      parameters: inQuery('a', 'b', 'c'),
      url: styled(
        { name: 'a', style: 'form', explode: false },
        { name: 'b', style: 'form', explode: true },
        { name: 'c', style: 'pipeDelimited', explode: false },
      ),
    }
    expect(await written(operation, { a: [1, 2], c: ['x', 'y'] })).toBe('?a=1,2&c=x|y')
    expect(await written(operation, {})).toBe('')
  })
})

describe('a body', () => {
  const sendBody = async (body: Body, value: unknown) => {
    const { result, sent } = await call({ body }, { body: value })
    await result
    const init = sent()?.init
    return { body: init?.body, type: new Headers(init?.headers).get('content-type') }
  }
  const asItIs = (value: unknown) => value

  test('is JSON unless the contract says otherwise', async () => {
    const sent = await sendBody({ type: 'application/json' }, { a: [1] })
    expect(sent).toEqual({ body: '{"a":[1]}', type: 'application/json' })
  })

  test('of another type is written in its way', async () => {
    expect(await sendBody({ type: 'text/plain', write: asItIs }, 'rain')).toEqual({ body: 'rain', type: 'text/plain' })
  })

  test('of a form has its fields', async () => {
    const form = {
      type: 'application/x-www-form-urlencoded',
      write: (value: unknown) => new URLSearchParams(Object(value)),
    }
    const sent = await sendBody(form, { a: '1 2', b: '&' })
    expect([String(sent.body), sent.type]).toEqual(['a=1+2&b=%26', 'application/x-www-form-urlencoded'])
  })

  test('of several parts leaves its content type, with the boundary, to fetch', async () => {
    const form = new FormData()
    form.set('file', new Blob(['x']))
    expect(await sendBody({ write: asItIs }, form)).toEqual({ body: form, type: null })
  })

  test('that is not given is not sent, and neither is one that the operation does not have', async () => {
    expect(await sendBody({ type: 'application/json' }, undefined)).toEqual({ body: undefined, type: null })
    const { result, sent } = await call({}, { body: 'stray' })
    await result
    expect(sent()?.init).not.toHaveProperty('body')
  })

  test('that is required and missing is refused', async () => {
    const { result, sent } = await call({ body: { type: 'text/plain', required: true } }, {})
    expect((await failureOf(result)).message).toBe('call: `body` is missing')
    expect(sent()).toBeUndefined()
  })
})

describe('a value', () => {
  const refusal = async (check: Check, value: unknown, place: Parameter['in'] = 'query') => {
    const path = place === 'path' ? '/call/{it}' : '/call'
    const { result, sent } = await call({ path, parameters: [{ name: 'it', in: place, check }] }, { it: value })
    const message = await result.then(
      () => undefined,
      (error: Error) => error.message,
    )
    expect(sent() === undefined).toBe(message !== undefined)
    return message
  }

  test.each([
    [segment(), 'a/b', undefined],
    [segment(), '...', undefined],
    [segment(), '', 'must not be empty, "." or "..", but is ""'],
    [segment(), '.', 'must not be empty, "." or "..", but is "."'],
    [segment(), '..', 'must not be empty, "." or "..", but is ".."'],
    [segment(integer(1)), 1, undefined],
    [segment(integer(1)), 0, 'must be at least 1, but is 0'],
    [segment(matching({ maxLength: 2 })), 'abc', 'must have at most 2 characters, but is "abc"'],
  ])('in the path by rule %#: %j', async (check, value, problem) => {
    expect(await refusal(check, value, 'path')).toBe(problem && `call: \`it\` ${problem}`)
  })

  test.each([
    [headerText(), 'plain text\tand more', undefined],
    [headerText(), 'Zürich', undefined],
    [headerText(), 'line\nbreak', 'must fit into a header, but is "line\\nbreak"'],
    [headerText(), '€', 'must fit into a header, but is "€"'],
    [headerText(boolean), 'yes', 'must be true or false, but is "yes"'],
    [headerText(boolean), true, undefined],
  ])('in a header by rule %#: %j', async (check, value, problem) => {
    expect(await refusal(check, value, 'header')).toBe(problem && `call: \`it\` ${problem}`)
  })

  test.each([
    [{ type: 'array', items: { type: 'integer' } }, [1, 'a'], 'must be an integer at /1, but is [1,"a"]'],
    [{ type: 'array', items: { type: 'integer' } }, [1, 2], undefined],
    [{ type: 'string' }, 3, 'must be a string, but is 3'],
    [{ not: {} }, 3, 'must be something else, but is 3'],
    [false, 3, 'must not be there, but is 3'],
    [true, 3, undefined],
  ])('by the schema %j: %j', async (schema, value, problem) => {
    expect(await refusal(matching(schema), value)).toBe(problem && `call: \`it\` ${problem}`)
  })

  test('has a way to be written, and from the environment a way to be read', async () => {
    const json: Parameter = { name: 'filter', in: 'query', write: JSON.stringify }
    const written = await call({ parameters: [json] }, { filter: { a: 1 } })
    await written.result
    expect(new URL(`${written.sent()?.url}`).searchParams.get('filter')).toBe('{"a":1}')
    vi.stubEnv('TEST_LIMIT', '7')
    const limit: Parameter = { name: 'limit', in: 'query', option: 'limit', env: 'TEST_LIMIT', check: integer() }
    const read = await call({ parameters: [{ ...limit, read: Number }] }, {})
    await read.result
    expect(read.sent()?.url).toBe('https://api.example/call?limit=7')
    const unread = await call({ parameters: [limit] }, {})
    expect((await failureOf(unread.result)).message).toBe('call: `limit` must be an integer, but TEST_LIMIT is "7"')
    vi.unstubAllEnvs()
  })

  test('in a cookie stands beside the others', async () => {
    const inCookie = (as: string): Parameter => ({
      name: 'cookie',
      as,
      in: 'header',
      write: (value) => `${as}=${value}`,
    })
    const both = await call({ parameters: [inCookie('a'), inCookie('b')] }, { a: 1, b: 2 })
    await both.result
    expect(new Headers(both.sent()?.init?.headers).get('cookie')).toBe('a=1; b=2')
  })

  test('that stands twice in the path is written twice, and nothing in it is taken for a pattern', async () => {
    const parameters: Parameter[] = [
      { name: 'a', in: 'path', required: true },
      { name: 'ab', in: 'path', required: true },
    ]
    const { result, sent } = await call({ path: '/{a}/{ab}/{a}', parameters }, { a: '{ab}$&', ab: '$1' })
    await result
    expect(sent()?.url).toBe('https://api.example/%7Bab%7D%24%26/%241/%7Bab%7D%24%26')
  })

  test.each(['query', 'header'] as const)(
    'of which nothing is left when written is not sent in the %s',
    async (place) => {
      const parameters: Parameter[] = [{ name: 'x-json', in: place, write: JSON.stringify }]
      const { result, sent } = await call({ parameters }, { 'x-json': () => 1 })
      await result
      expect([sent()?.url, new Headers(sent()?.init?.headers).has('x-json')]).toEqual([
        'https://api.example/call',
        false,
      ])
    },
  )

  test('that cannot be written is named', async () => {
    const parameters: Parameter[] = [{ name: 'filter', in: 'query', write: JSON.stringify }]
    const { result, sent } = await call({ parameters }, { filter: { size: 1n } })
    expect(await failureOf(result)).toMatchObject({
      name: 'ConfigurationError',
      message: 'call: `filter` cannot be written as part of a request, but is an object',
    })
    expect(sent()).toBeUndefined()
  })

  test('that does not fit into a header once written is refused before anything is sent', async () => {
    const parameters: Parameter[] = [{ name: 'x-json', in: 'header', write: JSON.stringify }]
    const { result, sent } = await call({ parameters }, { 'x-json': { name: '€' } })
    expect(await failureOf(result)).toMatchObject({ name: 'ConfigurationError', outcome: 'not-sent' })
    expect(sent()).toBeUndefined()
  })

  test('whose name another has is given by a name of its own, and named by that', async () => {
    const parameters: Parameter[] = [
      { name: 'id', in: 'path', required: true },
      { name: 'id', as: 'id_', in: 'query', required: true },
    ]
    const both = await call({ path: '/call/{id}', parameters }, { id: 'a', id_: 'b' })
    await both.result
    expect(both.sent()?.url).toBe('https://api.example/call/a?id=b')
    const one = await call({ path: '/call/{id}', parameters }, { id: 'a' })
    expect((await failureOf(one.result)).message).toBe('call: `id_` is missing')
  })

  test('that only an option can default is asked for by that', async () => {
    const parameters: Parameter[] = [{ name: 'limit', in: 'query', required: true, option: 'limit' }]
    const { result } = await call({ parameters }, {})
    expect((await failureOf(result)).message).toBe(
      "call: `limit` is missing; it can also be the client's option `limit`",
    )
  })
})
