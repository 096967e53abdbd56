import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { operations } from '../src/contract.ts'
import { createMock } from '../src/index.ts'
import { startPrism } from './start-prism.ts'
import { basic, path } from './support.ts'

/** All intended differences. Prism must respond differently to requests with a difference, and equally to all others. */
const differences = {
  scenario: 'without Prefer, the values of the request choose the scenario',
  violations: 'a request that breaks the contract gets the mock’s own 422, not the contract’s 400 example',
  'unknown query': 'a query parameter that the contract does not have is rejected',
  'loose integer': 'an integer must be written as one, and be exact',
  'query preference': '__code and __example in the query are unknown parameters; Prefer does the same',
  'unknown preference': 'Prefer for a response that the contract does not have gets a 400 that lists what exists',
  'example elsewhere': 'an example is found under every status when Prefer names no status',
  'not acceptable': 'a type that is not offered gets the mock’s own 406',
  password: 'a password may contain a colon (RFC 7617)',
  'scheme case': 'the scheme of credentials is not case-sensitive (RFC 9110)',
  'malformed credentials': 'credentials must be well-formed',
  'own problem': 'a request outside the contract gets a problem of the mock',
  head: 'HEAD gets the response to GET without its body',
  'encoded path': 'an unreserved character may be percent-encoded in a path',
} as const

interface Case {
  readonly target: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly differs?: keyof typeof differences
  /** Random data is equal in status only. */
  readonly onlyStatus?: true
}

const [operation] = operations
const examples = operation?.examples ?? []
const statuses = operation?.statuses ?? []
const jobs = [1, 1234, 1001, 4004, Number.MAX_SAFE_INTEGER]
const query = (account: string | number, mirroring: string | boolean) =>
  `accountserviceid=${account}&mirroring=${mirroring}`

const cases: Case[] = [
  // Valid requests with an explicit preference: equal.
  ...examples.map(({ name, status }, i) => ({
    target: path(jobs[i % jobs.length] ?? 1, query(5678, i % 2 === 0)),
    headers: { prefer: `code=${status}, example=${name}` },
  })),
  ...['example=notFound, code=404', 'code=404, example="notFound"'].map((prefer) => ({
    target: path(1),
    headers: { prefer },
  })),
  ...['application/json', '*/*', 'text/html;q=0.2, application/json'].map((accept) => ({
    target: path(1),
    headers: { prefer: 'code=404', accept },
  })),
  ...examples
    .filter(({ status }) => status === 200)
    .map(({ name }) => ({ target: path(7), headers: { prefer: `example=${name}` } })),
  ...statuses.flatMap((status) => [
    { target: path(1), headers: { prefer: `code=${status}` } },
    { target: path(4000, query(1, false)), headers: { prefer: `code=${status}`, authorization: 'Bearer token' } },
    { target: path(1), headers: { prefer: `code=${status}, dynamic=false` } },
    { target: path(1), headers: { prefer: `code=${status}, dynamic=true` }, onlyStatus: true as const },
  ]),
  // Several preferences: the first of a name counts, a part after a semicolon does not.
  ...[
    'code=404, code=500',
    'code=404; example=mirrorJob',
    'code = 404',
    'code="404"',
    'code=404; q="a, code=500"',
    'x="code=500, y", code=404',
    'x-code=404, code=403',
  ].map((prefer) => ({ target: path(1), headers: { prefer } })),
  // These select nothing, and the scenario is Prism's first example.
  ...['x-code=404', 'foo; code=404', 'seed=1', 'dynamic=false'].map((prefer) => ({
    target: path(1),
    headers: { prefer },
  })),
  // Credentials that are missing or of another scheme.
  ...['', 'Digest a', 'Basic', 'Basic YWJj', 'Bearer'].map((authorization) => ({
    target: path(1),
    headers: { authorization },
  })),

  { target: path(1, query(1, false)), differs: 'scenario' },
  { target: path(1006), differs: 'scenario' },
  { target: path(4004), differs: 'scenario' },
  ...['x', '0', '-1', '1.5', '1,2'].map((jobid): Case => ({ target: path(jobid), differs: 'violations' })),
  ...['yes', '1', 'TRUE', ''].map((flag): Case => ({ target: path(1, query(1, flag)), differs: 'violations' })),
  { target: path(1, ''), differs: 'violations' },
  { target: path(1, 'mirroring=true'), differs: 'violations' },
  { target: path(1, `${query(1, true)}&mirroring=true`), differs: 'violations' },
  { target: path('x'), headers: { prefer: 'code=200' }, differs: 'violations' },
  ...['debug=1', 'mirorring=true', 'Mirroring=true'].map(
    (more): Case => ({ target: path(1, `${query(1, true)}&${more}`), differs: 'unknown query' }),
  ),
  ...['1e3', '01', '%201', '9007199254740993', '1.0'].map(
    (jobid): Case => ({ target: path(jobid), headers: { prefer: 'code=200' }, differs: 'loose integer' }),
  ),
  { target: path(1, query('1e3', true)), headers: { prefer: 'code=200' }, differs: 'loose integer' },
  { target: path(1, `${query(1, true)}&__code=404`), differs: 'query preference' },
  { target: path(1, `${query(1, true)}&__example=machineJob`), differs: 'query preference' },
  ...['code=418', 'code=x', 'example=nope', 'code=404, example=mirrorJob', 'dynamic=maybe', 'dynamic'].map(
    (prefer): Case => ({ target: path(1), headers: { prefer }, differs: 'unknown preference' }),
  ),
  { target: path(1), headers: { prefer: 'example=notFound' }, differs: 'example elsewhere' },
  ...['code=200', 'code=404', 'dynamic=false'].map(
    (prefer): Case => ({ target: path(1), headers: { prefer, accept: 'text/html' }, differs: 'not acceptable' }),
  ),
  { target: path(1), headers: { prefer: 'code=200', ...basic('key', 'se:cret') }, differs: 'password' },
  { target: path(1), headers: { prefer: 'code=200', authorization: 'bearer token' }, differs: 'scheme case' },
  ...[`Basic ${btoa('a:b\n')}`, 'Basic YTpi YTpi', 'Bearer a b'].map(
    (authorization): Case => ({
      target: path(1),
      headers: { prefer: 'code=200', authorization },
      differs: 'malformed credentials',
    }),
  ),
  ...['/', '/cfp/v1/imageinstall/1', '/cfp/v1/imageinstall/1/queue/'].map(
    (target): Case => ({ target, differs: 'own problem' }),
  ),
  ...['POST', 'PUT', 'DELETE'].map((method): Case => ({ target: path(1), method, differs: 'own problem' })),
  { target: path(1), method: 'HEAD', headers: { prefer: 'code=200' }, differs: 'head' },
  {
    target: '/cfp/v1/imageinstall/1/que%75e?accountserviceid=1&mirroring=true',
    headers: { prefer: 'code=200' },
    differs: 'encoded path',
  },
]

const mock = createMock()
let prism: Awaited<ReturnType<typeof startPrism>>
let mockUrl: string

beforeAll(async () => {
  prism = await startPrism(join(import.meta.dirname, '../../../tools/contract/test/fixtures/installs.yaml'))
  mockUrl = (await mock.listen()).url
})

afterAll(async () => {
  prism.kill()
  await mock[Symbol.asyncDispose]()
})

test('each listed difference occurs', () => {
  expect(new Set(cases.flatMap(({ differs }) => differs ?? []))).toEqual(new Set(Object.keys(differences)))
})

test.each(cases.map((it) => [`${it.method ?? 'GET'} ${it.target} ${JSON.stringify(it.headers ?? {})}`, it] as const))(
  '%s',
  async (_, requested) => {
    const [theirs, ours] = await Promise.all([responseOf(prism.url, requested), responseOf(mockUrl, requested)])
    if (requested.differs) expect(ours, differences[requested.differs]).not.toEqual(theirs)
    else expect(ours).toEqual(theirs)
  },
)

async function responseOf(url: string, { target, method = 'GET', headers, onlyStatus }: Case) {
  const response = await fetch(`${url}${target}`, { method, headers: { ...basic('key', 'secret'), ...headers } })
  const text = await response.text()
  return { status: response.status, body: onlyStatus ? undefined : text && JSON.parse(text) }
}
