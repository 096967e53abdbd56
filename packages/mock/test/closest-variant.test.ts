import { describe, expect, it } from 'vitest'
import type { PrismOperation } from '../src/contract.ts'
import { diagnoseRequest, diagnoseResponse } from '../src/prism.ts'

const box = {
  type: 'object',
  required: ['kind', 'height'],
  properties: {
    kind: { const: 'box' },
    height: { type: 'integer' },
    label: { type: 'object', required: ['text', 'colour', 'size'] },
  },
} as const
const letter = {
  type: 'object',
  required: ['kind', 'pages'],
  properties: { kind: { const: 'letter' }, pages: { type: 'integer' }, label: { type: 'string' } },
} as const

function operation(...members: object[]): PrismOperation {
  const contents = [{ id: 'json', mediaType: 'application/json', schema: { oneOf: members } }]
  return {
    id: 'send',
    method: 'post',
    path: '/parcels',
    request: { path: [], query: [], headers: [], body: { id: 'body', contents } },
    responses: [
      { id: 'ok', code: '200', contents },
      { id: 'none', code: '204', contents: [] },
    ],
  } as PrismOperation // Prism's type requires more fields, which are not used
}

const headers = { 'content-type': 'application/json', 'content-length': '9' }
const places = (found: readonly { path: readonly string[]; keyword: string }[]) =>
  found.map(({ path, keyword }) => `${path.join('/')} ${keyword}`)
const inResponse = (body: unknown, ...members: object[]) =>
  places(diagnoseResponse(operation(...members), { statusCode: 200, headers, body }))
const inRequest = (body: unknown, ...members: object[]) =>
  places(diagnoseRequest(operation(...members), { method: 'post', url: { path: '/parcels' }, headers, body }))

describe.each([
  ['a response', inResponse],
  ['a request', inRequest],
])('a body of %s that matches none of several schemas', (_, findings) => {
  it.each([
    ['its constant is of that one', { kind: 'letter', pages: 'two' }, ['body/pages type']],
    ['its required fields are of that one', { pages: 2 }, ['body required']],
    [
      'more is wrong inside, and less in the discriminating properties',
      { kind: 'box', height: 1, label: {} },
      ['body/label required'],
    ],
    [
      'fewer fields are wrong',
      { kind: 'parcel', pages: 2, height: 1, label: 5 },
      ['body/kind const', 'body/label type'],
    ],
  ])('gets the errors of the closest schema: %s', (_, body, expected) => {
    expect([...new Set(findings(body, box, letter))]).toEqual(expected)
    expect([...new Set(findings(body, letter, box))]).toEqual(expected)
  })

  it('gets one error if it matches more than one', () => {
    expect(findings({ kind: 'box', height: 1 }, box, { type: 'object' })).toEqual(['body oneOf'])
  })

  it('gets no error if it matches one', () => {
    expect(findings({ kind: 'box', height: 1 }, box, letter)).toEqual([])
  })
})

it('a union inside a body gets the errors of the validator', () => {
  const parcel = { type: 'object', properties: { inside: { oneOf: [box, letter] } } }
  expect(inResponse({ inside: { kind: 'box' } }, parcel)).toContain('body/inside oneOf')
})
