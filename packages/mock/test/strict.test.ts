import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { operations } from '../src/contract.ts'
import { createMock } from '../src/index.ts'
import { ask, basic, path } from './support.ts'

const violationsOf = async (target: string, init?: RequestInit) => {
  const { status, json, headers } = await ask(target, init)
  expect(status).toBe(422)
  expect(headers.get('content-type')).toBe('application/problem+json')
  expect(json.type).toBe('urn:image-install-queue-mock:invalid-request')
  return json.violations
}
const id = 'integer, at least 1'
const flag = 'true or false'

describe('integers', () => {
  test.each(['1e3', '01', '%201', '+1', '1.0', '-1', '-0', '0', '0x1', 'abc', '9007199254740992', '1,2', '٣'])(
    'jobid %s is rejected',
    async (jobid) => {
      const received = decodeURIComponent(jobid)
      expect(await violationsOf(path(jobid))).toEqual([{ location: 'path jobid', received, expected: id }])
    },
  )

  test.each(['1', '10', '9007199254740991'])('jobid %s is accepted', async (jobid) => {
    expect((await ask(path(jobid))).status).toBe(200)
  })

  test.each(['1e3', '01', '%201', '+1', '', '0', '9007199254740992'])(
    'accountserviceid %s is rejected',
    async (value) => {
      const [violation, ...others] = await violationsOf(path(1, `accountserviceid=${value}&mirroring=true`))
      expect(others).toEqual([])
      expect(violation).toMatchObject({ location: 'query accountserviceid', expected: id })
    },
  )

  test('a very long value is shortened in the violation', async () => {
    const [violation] = await violationsOf(path('9'.repeat(2000)))
    expect(violation.received).toBe(`${'9'.repeat(100)}…`)
  })
})

describe('booleans', () => {
  test.each(['yes', '1', '0', 'TRUE', 'True', 'true%20', 'null'])('mirroring=%s is rejected', async (value) => {
    const received = decodeURIComponent(value)
    expect(await violationsOf(path(1, `accountserviceid=1&mirroring=${value}`))).toEqual([
      { location: 'query mirroring', received, expected: flag },
    ])
  })
})

describe('query parameters', () => {
  test('a missing one is listed', async () => {
    expect(await violationsOf(path(1, ''))).toEqual([
      { location: 'query accountserviceid', expected: id },
      { location: 'query mirroring', expected: flag },
    ])
  })

  test('a repeated one is rejected, also with the same value', async () => {
    expect(await violationsOf(path(1, 'accountserviceid=1&mirroring=true&mirroring=true'))).toEqual([
      { location: 'query mirroring', received: '2 values', expected: `one: ${flag}` },
    ])
    const [violation] = await violationsOf(
      path(1, 'accountserviceid=1&mirroring=true&accountserviceid=2&accountserviceid=3'),
    )
    expect(violation).toMatchObject({ location: 'query accountserviceid', received: '3 values' })
  })

  test('an unknown one is rejected with the most similar name and without its value', async () => {
    const { text, json } = await ask(path(1, 'accountserviceid=1&mirroring=true&mirorring=s3cret'))
    expect(json.violations).toEqual([
      {
        location: 'query mirorring',
        received: 'an unknown parameter',
        expected: 'only accountserviceid, mirroring; did you mean mirroring?',
      },
    ])
    expect(text).not.toContain('s3cret')
  })

  test.each(['debug', '__code', '__example', 'Mirroring', '__proto__', 'constructor'])(
    '%s is unknown',
    async (name) => {
      const [violation] = await violationsOf(path(1, `accountserviceid=1&mirroring=true&${name}=1`))
      expect(violation.location).toBe(`query ${name}`)
    },
  )
})

describe('a body that the contract does not have', () => {
  test.each(['{"a":1}', '{', 'text'])('is rejected, whatever it contains: %s', async (body) => {
    const headers = { 'content-type': 'application/json', 'content-length': body.length, ...basic('key', 'secret') }
    // A GET with a body cannot be made with fetch.
    const { url, close } = await createMock().listen()
    const request = httpRequest(`${url}${path(1)}`, { headers })
    request.end(body)
    const [response] = await once(request, 'response')
    expect(response.statusCode).toBe(422)
    expect(JSON.parse(await text(response)).violations).toEqual([
      { location: 'body', received: body, expected: 'no body' },
    ])
    await close()
  })
})

describe('all violations are listed', () => {
  test('of path, query and unknown parameters', async () => {
    const violations = await violationsOf(path('1e3', 'accountserviceid=01&mirroring=yes&x=1'), {
      method: 'GET',
      headers: { prefer: 'code=200', 'mock-fault': 'reset' },
    })
    expect(violations.map(({ location }: { location: string }) => location).sort()).toEqual([
      'path jobid',
      'query accountserviceid',
      'query mirroring',
      'query x',
    ])
  })

  test('up to 20, with the number of the others', async () => {
    const more = Array.from({ length: 25 }, (_, i) => `&x${i}=1`).join('')
    const { json } = await ask(path(1, `accountserviceid=1&mirroring=true${more}`))
    expect([json.violations.length, json.more]).toEqual([20, 5])
  })
})

describe('the most similar name', () => {
  test.each([
    ['mirroring ', 'mirroring'],
    ['mirorring', 'mirroring'],
    ['mirrori', 'mirroring'],
    ['mirror', undefined],
    ['MIRRORING', 'mirroring'],
    ['accountServiceId', 'accountserviceid'],
    ['account_service_id', 'accountserviceid'],
    ['xyz', undefined],
    ['miXXXring', undefined],
    ['x'.repeat(5000), undefined],
  ])('of %s is %s', async (name, meant) => {
    const query = `accountserviceid=1&mirroring=true&${encodeURIComponent(name)}=1`
    const [{ expected }] = await violationsOf(path(1, query))
    expect(expected).toBe(`only accountserviceid, mirroring${meant ? `; did you mean ${meant}?` : ''}`)
  })
})

test('schemas use the draft of OpenAPI 3.1', () => {
  const drafts = [...JSON.stringify(operations).matchAll(/"\$schema":"([^"]*)"/g)].map(([, draft]) => draft)
  expect([...new Set(drafts)]).toEqual(['https://json-schema.org/draft/2020-12/schema'])
})
