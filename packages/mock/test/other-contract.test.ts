import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startPrism } from './start-prism.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc')

// The same sources with what codegen makes of another contract: no word of theirs is about this one.
const fixture = fileURLToPath(new URL('fixtures/pets.yaml', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'mock-contract-'))
const headers = { 'x-api-key': 'canary', 'x-trace': '1' }
const both = { authorization: `Basic ${btoa('key:secret')}` }

let createMock: typeof import('../src/index.ts').createMock
beforeAll(async () => {
  const cli = createRequire(import.meta.url).resolve('@image-install-queue/codegen/src/cli.ts')
  const args = [cli, 'mock', '--spec', fixture, '--out', folder]
  const [code] = await once(spawn(process.execPath, args, { stdio: 'inherit' }), 'exit')
  expect(code).toBe(0)
  vi.doMock('../src/generated/contract.gen.ts', () => import(join(folder, 'contract.gen.ts')))
  createMock = (await import('../src/index.ts')).createMock
})
afterAll(() => rmSync(folder, { recursive: true }))

interface Asked {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: unknown
}

const initOf = ({ method = 'GET', headers: more, body }: Asked): RequestInit => ({
  method,
  headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }), ...more },
  ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
})

async function ask(target: string, asked: Asked = {}) {
  const response = await createMock().fetch(`http://mock${target}`, initOf(asked))
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    json: text.startsWith('{') ? JSON.parse(text) : undefined,
  }
}
const violationsOf = async (target: string, asked?: Asked) => {
  const { status, json } = await ask(target, asked)
  expect(status).toBe(422)
  return json.violations
}

describe('scenarios', () => {
  const rex = { kind: 'dog', name: 'Rex', bark: 'loud' }
  test.each([
    ['by body', rex, 201, 'rex'],
    ['by body, in any order', { bark: 'loud', name: 'Rex', kind: 'dog' }, 201, 'rex'],
    ['by body, an error', { kind: 'cat', name: 'Locked', lives: 1 }, 409, 'locked'],
    ['by none: the first answer that is tied to no input', { kind: 'cat', name: 'Tom', lives: 9 }, 201, 'other'],
    ['by a body that differs by more', { ...rex, parent: { kind: 'dog', name: 'Max' } }, 201, 'other'],
  ])('%s', async (_, body, status, scenario) => {
    const answer = await ask('/pets', { method: 'POST', body })
    expect([answer.status, answer.headers.get('mock-scenario')]).toEqual([status, scenario])
  })

  test.each([
    ['path before query', '/pets/rex/photos?size=2&tags=a&tags=b', 'byPath'],
    ['two of the query before one', '/pets/tom/photos?size=2&tags=a&tags=b', 'byTwo'],
    ['one of the query', '/pets/tom/photos?size=2', 'bySize'],
    ['a list, all of it', '/pets/tom/photos?size=2&tags=a', 'bySize'],
    ['a list, no more than it', '/pets/tom/photos?size=2&tags=a&tags=b&tags=c', 'bySize'],
    ['a list, in its order', '/pets/tom/photos?size=2&tags=b&tags=a', 'bySize'],
    ['a record', '/pets/tom/photos?box[w]=1&box[h]=2', 'byBox'],
    ['a record, all of it', '/pets/tom/photos?box[h]=2', null],
    ['a smaller record', '/pets/tom/photos?box[w]=1', 'byWidth'],
    ['a record, no more than it', '/pets/tom/photos?box[w]=1&box[h]=3', null],
    ['none', '/pets/tom/photos', null],
    ['a record where a text came', '/marks?free=a', null],
    ['a number, however it is written', '/marks?weight=2.0', 'byNumber'],
    ['a text, as it is written', '/marks?code=01', 'byText'],
    ['a text, not as a number', '/marks?code=1', null],
  ])('%s', async (_, target, scenario) => {
    const answer = await ask(target)
    expect([answer.status, answer.headers.get('mock-scenario')]).toEqual([200, scenario ?? 'first'])
  })

  test('by a header', async () => {
    expect((await ask('/pets/tom/photos', { headers: { 'x-mood': 'bad' } })).headers.get('mock-scenario')).toBe(
      'byMood',
    )
  })

  test.each([
    ['other=1; sid=a=b', 'byCookie'],
    ['sid=a', 'first'],
  ])('by the cookie %s', async (cookie, scenario) => {
    expect((await ask('/marks', { headers: { cookie } })).headers.get('mock-scenario')).toBe(scenario)
  })

  test('by a list in a header', async () => {
    expect((await ask('/marks', { headers: { 'x-marks': '1,2' } })).headers.get('mock-scenario')).toBe('byMarks')
    expect((await ask('/marks', { headers: { 'x-marks': '2' } })).headers.get('mock-scenario')).toBe('first')
  })

  test('are listed with what each operation answers otherwise, if anything', async () => {
    const response = await createMock().fetch('http://mock/__mock/scenarios')
    const listed = await response.json()
    expect(listed).toContainEqual(expect.objectContaining({ operationId: 'getMarks', otherwise: 'first' }))
    expect(listed).toContainEqual({ operationId: 'getNothing', method: 'GET', path: '/nothing', scenarios: [] })
  })

  test('of the range 4XX are answered with its first status', async () => {
    expect((await ask('/pets/none/photos')).status).toBe(400)
  })
})

describe('without examples Prism makes the answer from the schema', () => {
  test('the same each time', async () => {
    const [one, two] = [await ask('/pets/ab'), await ask('/pets/ab')]
    expect(one.json).toMatchObject({ kind: 'dog', name: 'string' })
    expect(two.json).toEqual(one.json)
    expect(one.headers.get('x-rate')).toBe('5')
  })

  test('a header that HTTP cannot send is left out', async () => {
    expect((await ask('/pets/new')).headers.get('x-lines')).toBeNull()
  })

  test('a header that has no value is left out', async () => {
    expect((await ask('/marks')).headers.get('x-none')).toBeNull()
  })

  test('204 has no body', async () => {
    const { status, json, headers: back } = await ask('/pets/ab', { method: 'DELETE' })
    expect([status, json, back.get('content-length')]).toEqual([204, undefined, null])
  })

  test('205 has no body, whatever the contract says', async () => {
    const { status, json } = await ask('/both', { headers: { ...both, prefer: 'code=205' } })
    expect([status, json]).toEqual([205, undefined])
  })

  test('a default response has any status that Prefer asks for, and 500 by its example', async () => {
    expect((await ask('/pets/ab', { headers: { prefer: 'code=418' } })).json).toEqual({ message: 'oops' })
    expect((await ask('/pets/ab', { headers: { prefer: 'code=418, example=oops' } })).status).toBe(418)
    expect((await ask('/pets/ab', { headers: { prefer: 'example=oops' } })).status).toBe(500)
    for (const code of [100, 199, 600])
      expect((await ask('/pets/ab', { headers: { prefer: `code=${code}` } })).status).toBe(400)
  })

  test('an example where there is none is refused', async () => {
    const { status, json } = await ask('/tags/.1', { headers: { prefer: 'example=any' } })
    expect([status, json.detail]).toEqual([400, 'example=any: getTag has no named example.'])
  })

  test.each([
    [undefined, '{"text":"json"}'],
    ['text/plain', 'plain'],
    ['text/*', 'plain'],
  ])('of several types the one that Accept asks for: %s', async (accept, text) => {
    const response = await createMock().fetch('http://mock/notes', { headers: accept === undefined ? {} : { accept } })
    expect([response.status, await response.text()]).toEqual([200, text])
  })

  test('XML is written as Prism writes it', async () => {
    const response = await createMock().fetch('http://mock/pets/ab/tree', { headers })
    expect(response.headers.get('content-type')).toBe('application/xml')
    expect(await response.text()).toBe('<xml><name>Rex</name></xml>')
  })
})

describe('strictness', () => {
  test.each([
    [
      'a list item',
      '/pets/ab?fields=name&fields=nope',
      { where: 'query fields', came: 'name,nope', allowed: 'a list of one of name, age' },
    ],
    [
      'a loose number in a list',
      '/pets/ab?ids=1,02',
      { where: 'query ids', came: '1,02', allowed: 'a list of integer' },
    ],
    [
      'a loose number in a record',
      '/pets/ab?filter[min]=1e3',
      { where: 'query filter', came: '{"min":"1e3"}', allowed: 'object' },
    ],
    [
      'a number that is no JSON number',
      '/pets/ab?weight=0x10',
      { where: 'query weight', came: '0x10', allowed: 'number' },
    ],
    [
      'a list that is not exploded, twice',
      '/pets/ab?ids=1&ids=2',
      { where: 'query ids', came: '2 values', allowed: 'one: a list of integer' },
    ],
    ['too short', '/pets/a', { where: 'path petId', came: 'a', allowed: 'string, 2 characters or more' }],
    [
      'a list of anything that is too long',
      '/marks?open=1,2',
      { where: 'query open', came: '1,2', allowed: 'not have more than 1 items' },
    ],
    [
      'a value of any type that is too long',
      '/marks?free=abcd',
      { where: 'query free', came: 'abcd', allowed: 'any value, 3 characters or fewer' },
    ],
    [
      'a record parameter that is unknown',
      '/pets/ab?filters[min]=1',
      { where: 'query filters[min]', came: 'an unknown parameter', allowed: 'only fields, ids, ref, weight, filter' },
    ],
  ])('%s', async (_, target, violation) => {
    expect(await violationsOf(target)).toEqual([violation])
  })

  test.each([
    '/pets/ab?fields=name&fields=age',
    '/pets/ab?ids=1,2',
    '/pets/ab?filter[min]=3',
    '/pets/ab?filter[other]=1e3',
    '/pets/ab?weight=1.5e3',
    '/marks?open=01',
    '/pets/ab?weight=-0.5',
    '/pets/ab?ref=01',
    '/pets/new?a=1',
    '/pets/ab/tree?whatever=1',
  ])('%s is right', async (target) => {
    expect((await ask(target)).status).toBe(200)
  })

  test('a record spread over the query has its fields, and no others where it is closed', async () => {
    expect(await violationsOf('/pets/new?b=1')).toEqual([
      { where: 'query b', came: 'an unknown parameter', allowed: 'only a' },
    ])
  })

  test.each([
    ['limit=6', '6', 'integer, at most 5'],
    ['day=today', 'today', 'string, in the format date'],
    ['word=abcd', 'abcd', 'string, 3 characters or fewer, matching ^a'],
  ])('what is allowed is said in words: %s', async (query, came, allowed) => {
    const where = `query ${query.split('=')[0]}`
    expect(await violationsOf(`/pets/ab?${query}`, { method: 'DELETE' })).toEqual([{ where, came, allowed }])
  })

  test('a value that its style does not allow', async () => {
    expect((await ask('/tags/.1,2')).json).toEqual({ tag: true })
    const [violation, ...others] = await violationsOf('/tags/1')
    expect([violation.where, others]).toEqual(['request', []])
    expect(violation.came).toContain('prefixed with "."')
  })

  test('one value in a style of paths', async () => {
    expect((await ask('/spots/;spot=5')).json).toEqual({ spot: true })
    expect(await violationsOf('/spots/;spot=05')).toEqual([
      { where: 'path spot', came: ';spot=05', allowed: 'integer' },
    ])
  })

  test.each([
    ['step=1.3', '1.3', 'multiple of 0.5'],
    ['pair=7', '7', 'not have fewer than 2 items'],
  ])('what a schema says beyond its type is named: %s', async (query, came, allowed) => {
    const where = `query ${query.split('=')[0]}`
    expect(await violationsOf(`/spots/;spot=5?${query}`)).toEqual([{ where, came, allowed }])
  })

  test('and one that did not come is not kept for each request', { timeout: 60_000 }, async () => {
    const mock = createMock()
    const heapAfter = async () => {
      for (let i = 0; i < 1500; i++) await mock.fetch('http://mock/marks')
      mock.reset()
      collectGarbage()
      return process.memoryUsage().heapUsed
    }
    const before = await heapAfter()
    expect((await heapAfter()) - before).toBeLessThan(2 * 1024 * 1024)
  })

  test('a list in a header that did not come is no fault, unless it is required', async () => {
    expect((await ask('/marks')).status).toBe(200)
    expect(await violationsOf('/nothing')).toEqual([{ where: 'header X-Ids', allowed: 'a list of integer' }])
    expect((await ask('/nothing', { headers: { 'x-ids': '1,2' } })).status).toBe(404)
  })

  test('an operation without query parameters has none', async () => {
    expect(await violationsOf('/tags/.1?x=1')).toEqual([
      { where: 'query x', came: 'an unknown parameter', allowed: 'no parameter at all' },
    ])
  })

  test('a header is checked, and its value not repeated', async () => {
    expect(await violationsOf('/pets/ab', { headers: { 'x-trace': '01' } })).toEqual([
      { where: 'header X-Trace', came: 'a wrong value', allowed: 'integer' },
    ])
  })

  test.each([
    [
      'a field of one branch',
      { kind: 'cat', name: 'Tom', lives: '9' },
      [{ where: 'body /lives', came: '"9"', allowed: 'integer' }],
    ],
    ['no JSON', '{"kind":', [{ where: 'body', came: '{"kind":', allowed: expect.stringMatching(/^JSON \(/) }]],
    ['nothing', undefined, [{ where: 'body', allowed: 'a body' }]],
  ])('a body: %s', async (_, body, violations) => {
    expect(await violationsOf('/pets', { method: 'POST', body })).toEqual(violations)
  })

  test.each([
    ['another type', 'text/plain', { where: 'header content-type', came: 'text/plain', allowed: 'application/json' }],
    [
      'a type that is none',
      'nonsense',
      { where: 'request', came: expect.stringContaining('nonsense'), allowed: 'what can be read' },
    ],
  ])('a body of %s', async (_, type, violation) => {
    expect(await violationsOf('/pets', { method: 'POST', body: '{}', headers: { 'content-type': type } })).toEqual([
      violation,
    ])
  })

  test('a body where none is declared', async () => {
    const violations = await violationsOf('/pets/ab', { method: 'DELETE', body: { a: 1 } })
    expect(violations).toEqual([{ where: 'body', came: '{"a":1}', allowed: 'no body' }])
  })
})

describe('an API key in a header', () => {
  test('is asked for, with the mock’s own 401 where the contract has none', async () => {
    const answer = await ask('/pets/ab', { headers: { 'x-api-key': '' } })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toBe('ApiKey realm="mock", header="x-api-key"')
    expect(answer.json.type).toBe('urn:image-install-queue-mock:unauthorized')
  })

  test('is not enough where another credential is needed too', async () => {
    expect((await ask('/both')).status).toBe(401)
    expect((await ask('/both', { headers: both })).json).toEqual({ both: true })
  })

  test('is redacted', async () => {
    const mock = createMock()
    await mock.fetch('http://mock/pets/ab', { headers })
    expect(JSON.stringify(mock.requests)).not.toContain('canary')
  })

  test('is not asked for where the contract says so', async () => {
    expect((await ask('/pets/ab/tree', { headers: { 'x-api-key': '' } })).status).toBe(200)
  })
})

describe('through the proxy', () => {
  test.each([
    [
      'a header of the wrong type',
      { 'x-rate': 'fast' },
      { where: 'header x-rate', came: 'a wrong value', allowed: 'integer' },
    ],
    ['a type that is not said', {}, { where: 'header content-type', came: 'nothing', allowed: 'application/json' }],
  ])('an answer with %s is found', async (_, sent, violation) => {
    const { createProxy } = await import('../src/proxy.ts')
    const { serve } = await import('../src/serve.ts')
    const upstream = createServer((_request, response) => {
      const type = 'x-rate' in sent && { 'content-type': 'application/json' }
      response.writeHead(200, { ...type, ...sent }).end(JSON.stringify({ kind: 'cat', name: 'Tom', lives: 9 }))
    }).listen(0, '127.0.0.1')
    await once(upstream, 'listening')
    const { port } = upstream.address() as AddressInfo
    const calls: unknown[] = []
    const proxy = createProxy(new URL(`http://127.0.0.1:${port}`), false, {
      passedOn() {},
      over: (call) => calls.push(call),
    })
    const server = await serve(proxy, 0, '127.0.0.1')
    await fetch(`${server.url}/pets/ab`, { headers })
    expect(calls).toEqual([{ operationId: 'getPet', request: [], answer: [violation], outcome: 'answered' }])
    await server.close()
    upstream.close()
  })
})

describe('over a socket', () => {
  test('an answer without a body cannot be truncated', async () => {
    await using mock = createMock()
    const { url } = await mock.listen()
    const truncated = { method: 'DELETE', headers: { ...headers, 'mock-fault': 'truncate' } }
    expect((await fetch(`${url}/pets/ab`, truncated)).status).toBe(204)
    expect((await mock.fetch(`${url}/pets/ab`, truncated)).status).toBe(204)
  })
})

describe('routes', () => {
  test('a literal path wins over a template', async () => {
    expect((await ask('/pets/new')).json).toEqual({ literal: true })
  })

  test('405 lists the methods of every path that fits', async () => {
    expect((await ask('/pets/ab', { method: 'PUT' })).headers.get('allow')).toBe('GET, DELETE, HEAD')
  })
})

test('Prism answers the same to valid requests', { timeout: 60_000 }, async () => {
  const prism = await startPrism(fixture)
  try {
    const mock = createMock()
    const pet = { kind: 'cat', name: 'Tom', lives: 9 }
    const valid: [string, Asked][] = [
      ['/pets/ab', {}],
      ['/pets/ab?fields=name', {}],
      ['/pets/ab?ids=1,2&weight=2.5', {}],
      ['/pets/ab', { headers: { prefer: 'code=404' } }],
      ['/pets/ab', { headers: { prefer: 'code=418' } }],
      ['/pets/ab', { method: 'DELETE' }],
      ['/pets/ab/tree', {}],
      ['/pets', { method: 'POST', body: pet, headers: { prefer: 'code=201, example=other' } }],
      ['/pets', { method: 'POST', body: pet, headers: { prefer: 'code=409' } }],
      ['/pets/rex/photos', { headers: { prefer: 'code=400' } }],
    ]
    for (const [target, asked] of valid) {
      const [theirs, ours] = await Promise.all([
        fetch(`${prism.url}${target}`, initOf(asked)),
        mock.fetch(`http://mock${target}`, initOf(asked)),
      ])
      expect([target, ours.status, await ours.text()]).toEqual([target, theirs.status, await theirs.text()])
    }
  } finally {
    prism.kill()
  }
})
