import { expect, describe as group, test } from 'vitest'
import type { MockOperation, Parameter } from '../src/contract.ts'
import { validateRequest } from '../src/validate.ts'
import { describe, expectedBy } from '../src/violation.ts'

interface Sent {
  readonly query?: Readonly<Record<string, string | string[]>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** The violations of a request to an operation with these query parameters and this schema of a JSON body. */
function findings(parameters: Readonly<Record<string, Parameter['schema']>>, sent: Sent, body?: object) {
  const { query = {}, headers = {} } = sent
  const operation = {
    method: 'post',
    prism: {
      id: 'send',
      method: 'post',
      path: '/parcels',
      responses: [],
      request: {
        path: [],
        headers: [],
        query: Object.entries(parameters).map(([name, schema]) => ({ id: name, name, style: 'form', schema })),
        ...(body && {
          body: { id: 'b', required: true, contents: [{ id: 'j', mediaType: 'application/json', schema: body }] },
        }),
      },
    },
  } as unknown as MockOperation // Validation reads nothing else of an operation.
  const request = {
    method: 'POST',
    target: '/parcels',
    headers,
    body: sent.body === undefined ? undefined : Buffer.from(sent.body),
  }
  const match = { operation, values: { path: {}, query, header: headers } }
  return validateRequest(match, request, { path: '/parcels', search: '', query }).findings
}

group('a parameter that is a number', () => {
  test.each(['0', '-2', '10.25', '1e3', '1E+21', '-0.5e-2'])('may be %s', (size) => {
    expect(findings({ size: { type: 'number' } }, { query: { size } })).toEqual([])
  })

  test.each(['0x1', ' 1', '01', '1.', '.5', '1e', '+1', '1_0', 'x1', '1x'])('must not be %s', (size) => {
    expect(findings({ size: { type: 'number' } }, { query: { size } })).toEqual([
      { location: 'query size', received: size, expected: 'number' },
    ])
  })
})

test('each item of a list of integers is one', () => {
  const sizes = { type: 'array', items: { type: 'integer' } } as const
  expect(findings({ sizes }, { query: { sizes: ['1', '2'] } })).toEqual([])
  expect(findings({ sizes }, { query: { sizes: ['1', '02'] } })).toEqual([
    { location: 'query sizes', received: '1,02', expected: 'a list of integer' },
  ])
})

test('a rule that the description of a schema lacks is named', () => {
  expect(findings({ size: { type: 'integer', multipleOf: 5 } }, { query: { size: '7' } })).toEqual([
    { location: 'query size', received: '7', expected: 'multiple of 5' },
  ])
})

test('a name of two letters is similar to none', () => {
  const [finding] = findings({ to: {}, via: {} }, { query: { ti: '1', vía: '1' } })
  expect(finding?.expected).toBe('only to, via')
  const [, other] = findings({ to: {}, via: {} }, { query: { ti: '1', vya: '1' } })
  expect(other?.expected).toBe('only to, via; did you mean via?')
})

group('a body', () => {
  const parcel = {
    type: 'object',
    required: ['kind', 'weight'],
    properties: { kind: { type: 'string' }, label: { type: 'object', required: ['to'] } },
  }
  const json = { 'content-type': 'application/json' }

  test.each(['application/json; charset=utf-8', 'Application/JSON', 'application/json ;charset=utf-8'])(
    'of the type %s is JSON',
    (type) => {
      const sent = { headers: { 'content-type': type }, body: '{"kind":"box","weight":1}' }
      expect(findings({}, sent, parcel)).toEqual([])
    },
  )

  test('gets each violation of one location', () => {
    expect(findings({}, { headers: json, body: '{"label":{}}' }, parcel)).toEqual([
      { location: 'body', received: { json: { label: {} } }, expected: "required property 'kind'" },
      { location: 'body', received: { json: { label: {} } }, expected: "required property 'weight'" },
      { location: 'body /label', received: { json: {} }, expected: "required property 'to'" },
    ])
  })

  test('that is not JSON is listed once, with the violations of other parts', () => {
    const size = { type: 'string', minLength: 2 } as const
    expect(findings({ size }, { headers: json, body: '{', query: { size: 'a' } }, parcel)).toEqual([
      { location: 'body', received: '{', expected: expect.stringMatching(/^JSON \(.+\)$/) },
      { location: 'query size', received: 'a', expected: 'string, 2 characters or more' },
    ])
  })

  test('without a media type is rejected', () => {
    expect(findings({}, { body: '{}' }, parcel)).toEqual([
      { location: 'header content-type', received: 'nothing', expected: 'application/json' },
    ])
  })

  test('of a media type that cannot be parsed is rejected', () => {
    const [finding, ...others] = findings({}, { headers: { 'content-type': 'text' }, body: '{}' }, parcel)
    expect(others).toEqual([])
    expect(finding).toEqual({ location: 'request', received: expect.any(String), expected: 'a readable request' })
  })

  test.each(['gzip', 'x-identity', 'identity-x'])('in the encoding %s is not read', (encoding) => {
    const sent = { headers: { ...json, 'content-encoding': encoding }, body: 'x' }
    expect(findings({}, sent, parcel)).toEqual([
      { location: 'body', received: `${encoding}, unread`, expected: 'no compression' },
    ])
  })
})

group('the expected value of a parameter is described', () => {
  test.each<[Parameters<typeof describe>[0], string]>([
    [undefined, 'any value'],
    [{}, 'any value'],
    [{ type: 'boolean' }, 'true or false'],
    [{ type: ['integer', 'null'] }, 'integer or null'],
    [{ type: 'integer', minimum: 1, maximum: 5 }, 'integer, at least 1, at most 5'],
    [{ type: 'string', minLength: 2, maxLength: 3 }, 'string, 2 characters or more, 3 characters or fewer'],
    [{ type: 'string', pattern: '^a$', format: 'date' }, 'string, matching ^a$, in the format date'],
    [{ type: 'string', enum: ['a', 'b'] }, 'one of a, b'],
    [{ type: 'array', items: { type: 'number' } }, 'a list of number'],
    [{ type: 'array' }, 'a list of any value'],
  ])('%j: %s', (schema, words) => {
    expect(describe(schema)).toBe(words)
  })
})

test.each([
  ["Request body property 'a.b' must be string,integer,null", 'string or integer or null'],
  ['Response body must NOT have fewer than 1 items', 'not have fewer than 1 items'],
  ['Request body must match pattern "^a,b$"', 'match pattern "^a,b$"'],
])('the message %s expects: %s', (message, expected) => {
  expect(expectedBy(message)).toBe(expected)
})
