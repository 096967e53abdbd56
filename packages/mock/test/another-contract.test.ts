import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { createMock } from '../src/index.ts'
import { ask, basic } from './support.ts'

// A contract with what ours lacks: lists, headers, bodies, responses without a body, optional credentials.
vi.mock('../src/generated/contract.gen.json', () => {
  const repository = join(import.meta.dirname, '../../..')
  const out = mkdtempSync(join(tmpdir(), 'parcels-'))
  const cli = join(repository, 'tools/codegen/src/cli.ts')
  const spec = join(repository, 'tools/proof/test/other-contract/parcels.yaml')
  execFileSync(process.execPath, [cli, 'mock', '--spec', spec, '--out', out])
  const contract = JSON.parse(readFileSync(join(out, 'contract.gen.json'), 'utf8'))
  rmSync(out, { recursive: true })
  return { default: contract }
})

const parcels = '/depots/abc/parcels'
const traced = { headers: { 'x-trace-id': 'trace' } }
const json = { 'content-type': 'application/json' }

describe('a list in the query', () => {
  test('selects a scenario by all of its values in their order', async () => {
    const mock = createMock()
    const lost = `${parcels}?status=sent&status=lost%20in%20transit`
    expect((await ask(lost, traced, mock)).json).toEqual([])
    expect((await ask(lost, traced, mock)).json).toEqual([{ id: 9, kind: 'letter', pages: 1 }])
    const others = ['', '?status=sent', '?status=lost%20in%20transit&status=sent']
    for (const query of others) expect((await ask(parcels + query, traced, mock)).json).toHaveLength(2)
  })

  test('is logged as a list, with numbers as such', async () => {
    const mock = createMock()
    await ask(`${parcels}?shelf=5&shelf=6`, traced, mock)
    await ask(`${parcels}?status=sent`, traced, mock)
    expect(mock.requests).toMatchObject([
      { parameters: { depot: 'abc', shelf: [5, 6], 'X-Trace-Id': 'trace' } },
      { parameters: { status: ['sent'] } },
    ])
  })

  test('is rejected for one invalid value, with the allowed values', async () => {
    const { status, json } = await ask(`${parcels}?status=sent&status=gone`, traced)
    expect(status).toBe(422)
    expect(json.violations).toEqual([
      { location: 'query status', received: 'sent,gone', expected: 'a list of one of waiting, sent, lost in transit' },
    ])
  })
})

describe('a header of the contract', () => {
  const expected = 'string, 3 characters or more'

  test('is required', async () => {
    expect((await ask(parcels)).json.violations).toEqual([{ location: 'header X-Trace-Id', expected }])
  })

  test('is rejected without repeating its value, which may be a secret', async () => {
    const { json } = await ask(parcels, { headers: { 'x-trace-id': 'zq' } })
    expect(json.violations).toEqual([{ location: 'header X-Trace-Id', received: 'an invalid value', expected }])
  })
})

test('a path value that does not match its pattern is rejected with the pattern', async () => {
  for (const depot of ['ABC', 'ab,c']) {
    const { json } = await ask(`/depots/${depot}/parcels`, traced)
    expect(json.violations).toEqual([
      { location: 'path depot', received: depot, expected: 'string, matching ^[a-z]{3}$' },
    ])
  }
})

describe('an operation with optional credentials', () => {
  const anonymous = (authorization?: string) =>
    createMock().fetch(`http://mock${parcels}`, {
      headers: { ...traced.headers, ...(authorization !== undefined && { authorization }) },
    })

  test.each([undefined, basic('desk', 'key').authorization])(
    'responds to a request with authorization %s',
    async (value) => {
      expect((await anonymous(value)).status).toBe(200)
    },
  )

  test.each(['Basic nonsense', 'Bearer token'])('rejects authorization %s', async (value) => {
    const response = await anonymous(value)
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Basic realm="mock", charset="UTF-8"')
  })
})

describe('a body', () => {
  const post = (body?: string, headers: Record<string, string> = json) =>
    ask(parcels, { method: 'POST', headers, ...(body !== undefined && { body }) })

  test('selects the scenario whose example is equal, however it is formatted', async () => {
    const { status, json } = await post('{ "kind" : "refused" }')
    expect([status, json]).toEqual([201, { ok: false, reason: 'No such kind.' }])
  })

  test('gets the first success if it equals no example', async () => {
    const { status, json, headers } = await post('{"kind":"letter","labels":{"to":"me"}}')
    expect([status, json]).toEqual([201, { id: 7, kind: 'letter', pages: 2 }])
    expect(headers.get('mock-scenario')).toBe('letter')
  })

  test('is required', async () => {
    expect((await post()).json.violations).toEqual([{ location: 'body', expected: 'a body' }])
  })

  test.each([
    ['{"kind":""}', { location: 'body /kind', received: '""', expected: 'not have fewer than 1 characters' }],
    ['{"kind":7}', { location: 'body /kind', received: '7', expected: 'string' }],
    ['{"kind":"a","labels":{"to":1}}', { location: 'body /labels/to', received: '1', expected: 'string' }],
  ])('%s is rejected at the invalid value', async (body, violation) => {
    expect((await post(body)).json.violations).toEqual([violation])
  })

  test('of another media type is rejected by its header', async () => {
    const { json } = await post('kind=a', { 'content-type': 'application/x-www-form-urlencoded' })
    expect(json.violations).toEqual([
      { location: 'header content-type', received: 'application/x-www-form-urlencoded', expected: 'application/json' },
    ])
  })
})

test('Prefer for an example of a response without examples is rejected', async () => {
  const { status, json } = await ask('/parcels/5', { method: 'DELETE', headers: { prefer: 'code=204, example=gone' } })
  expect(status).toBe(400)
  expect(json.detail).toBe('example=gone: cancelParcel 204 has no named example.')
})

test('a method that a path does not have is rejected with its methods', async () => {
  const { status, json, headers } = await ask(parcels, { method: 'PUT' })
  expect(status).toBe(405)
  expect(json.detail).toBe(`${parcels} has GET, HEAD, POST, not PUT.`)
  expect(headers.get('allow')).toBe('GET, HEAD, POST')
})

describe('a response without a body', () => {
  test('has neither a body nor a media type', async () => {
    const { status, text, headers } = await ask('/parcels/5', { method: 'DELETE', headers: { accept: 'text/html' } })
    expect([status, text, headers.get('content-type')]).toEqual([204, '', null])
  })

  test('has no body with Prefer: dynamic=true', async () => {
    const { status, text } = await ask('/parcels/5', { method: 'DELETE', headers: { prefer: 'dynamic=true' } })
    expect([status, text]).toEqual([204, ''])
  })

  test('does not affect a scenario of another status', async () => {
    const { status, json } = await ask('/parcels/404', { method: 'DELETE' })
    expect([status, json]).toEqual([404, { ok: false, reason: 'No such parcel.' }])
  })
})

test('an operation without query parameters rejects any', async () => {
  const { json } = await ask('/parcels/5?force=true', { method: 'DELETE' })
  expect(json.violations).toEqual([
    { location: 'query force', received: 'an unknown parameter', expected: 'no query parameter' },
  ])
})
