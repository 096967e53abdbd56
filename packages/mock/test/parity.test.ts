import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operations } from '../src/contract.ts'
import { createMock } from '../src/index.ts'
import { basic, path } from './support.ts'

interface Case {
  readonly target: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Random data is equal in status only. */
  readonly onlyStatus?: true
}

const [operation] = operations
const examples = operation?.examples ?? []
const statuses = operation?.statuses ?? []
const jobs = [1, 1234, 1001, 4004, Number.MAX_SAFE_INTEGER]
const query = (account: string | number, mirroring: string | boolean) =>
  `accountserviceid=${account}&mirroring=${mirroring}`
const prefer = (value: string, target = path(1), headers: Case['headers'] = {}): Case => ({
  target,
  headers: { prefer: value, ...headers },
})
const withQuery = (more: string) => path(1, `${query(1, true)}&${more}`)

const equal: Case[] = [
  ...examples.map(({ name, status }, i) =>
    prefer(`code=${status}, example=${name}`, path(jobs[i % jobs.length] ?? 1, query(5678, i % 2 === 0))),
  ),
  ...examples.filter(({ status }) => status === 200).map(({ name }) => prefer(`example=${name}`, path(7))),
  ...statuses.flatMap((status) => [
    prefer(`code=${status}`),
    prefer(`code=${status}`, path(4000, query(1, false)), { authorization: 'Bearer token' }),
    prefer(`code=${status}, dynamic=false`),
    { ...prefer(`code=${status}, dynamic=true`), onlyStatus: true as const },
  ]),
  ...['application/json', '*/*', 'text/html;q=0.2, application/json'].map((accept) =>
    prefer('code=404', path(1), { accept }),
  ),
  // Several preferences: the first of a name counts, a part after a semicolon does not.
  ...['code=404, code=500', 'code=404; example=mirrorJob', 'code=404; q="a, code=500"'].map((value) => prefer(value)),
  ...['x="code=500, y", code=404', 'x-code=404, code=403', 'example=notFound, code=404'].map((value) => prefer(value)),
  ...['code = 404', 'code="404"', 'code=404, example="notFound"'].map((value) => prefer(value)),
  // These select nothing, and the scenario is Prism's first example.
  ...['x-code=404', 'foo; code=404', 'seed=1', 'dynamic=false'].map((value) => prefer(value)),
  // Credentials that are missing or of another scheme.
  ...['', 'Digest a', 'Basic', 'Basic YWJj', 'Bearer'].map((authorization) => ({
    target: path(1),
    headers: { authorization },
  })),
]

/** All intended differences. Prism must respond differently to these requests. */
const different: Readonly<Record<string, readonly Case[]>> = {
  'without Prefer, the values of the request choose the scenario': [
    { target: path(1, query(1, false)) },
    { target: path(1006) },
    { target: path(4004) },
  ],
  'a request that breaks the contract gets the mock’s own 422, not the contract’s 400 example': [
    ...['x', '0', '1,2'].map((jobid) => ({ target: path(jobid) })),
    ...[query(1, 'yes'), '', 'mirroring=true'].map((wrong) => ({ target: path(1, wrong) })),
    { target: withQuery('mirroring=true') },
    prefer('code=200', path('x')),
  ],
  'a query parameter that the contract does not have is rejected': [
    { target: withQuery('debug=1') },
    { target: withQuery('Mirroring=true') },
  ],
  'an integer must be written as one, and be exact': [
    ...['1e3', '01', '%201', '9007199254740993', '1.0'].map((jobid) => prefer('code=200', path(jobid))),
    prefer('code=200', path(1, query('1e3', true))),
  ],
  '__code and __example in the query are unknown parameters; Prefer does the same': [
    { target: withQuery('__code=404') },
    { target: withQuery('__example=machineJob') },
  ],
  'Prefer for a response that the contract does not have gets a 400 that lists what exists': [
    'code=418',
    'example=nope',
    'code=404, example=mirrorJob',
    'dynamic=maybe',
  ].map((value) => prefer(value)),
  'an example is found under every status when Prefer names no status': [prefer('example=notFound')],
  'a type that is not offered gets the mock’s own 406': [
    prefer('code=200', path(1), { accept: 'text/html' }),
    prefer('dynamic=false', path(1), { accept: 'text/html' }),
  ],
  'a password may contain a colon (RFC 7617)': [prefer('code=200', path(1), basic('key', 'se:cret'))],
  'the scheme of credentials is not case-sensitive (RFC 9110)': [
    prefer('code=200', path(1), { authorization: 'bearer token' }),
  ],
  'credentials must be well-formed': [`Basic ${btoa('a:b\n')}`, 'Basic YTpi YTpi', 'Bearer a b'].map((authorization) =>
    prefer('code=200', path(1), { authorization }),
  ),
  'a request outside the contract gets a problem of the mock': [
    { target: '/' },
    { target: '/cfp/v1/imageinstall/1/queue/' },
    { target: path(1), method: 'POST' },
  ],
  'HEAD gets the response to GET without its body': [{ ...prefer('code=200'), method: 'HEAD' }],
  'an unreserved character may be percent-encoded in a path': [
    prefer('code=200', '/cfp/v1/imageinstall/1/que%75e?accountserviceid=1&mirroring=true'),
  ],
}

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

const name = ({ method = 'GET', target, headers = {} }: Case) => `${method} ${target} ${JSON.stringify(headers)}`
const both = (requested: Case) => Promise.all([responseOf(prism.url, requested), responseOf(mockUrl, requested)])

test.each(equal.map((requested) => [name(requested), requested] as const))('%s is equal', async (_, requested) => {
  const [theirs, ours] = await both(requested)
  expect(ours).toEqual(theirs)
})

describe.each(Object.entries(different))('%s', (_, requests) => {
  test.each(requests.map((requested) => [name(requested), requested] as const))('%s', async (_, requested) => {
    const [theirs, ours] = await both(requested)
    expect(ours).not.toEqual(theirs)
  })
})

async function responseOf(url: string, { target, method = 'GET', headers, onlyStatus }: Case) {
  const response = await fetch(`${url}${target}`, { method, headers: { ...basic('key', 'secret'), ...headers } })
  const text = await response.text()
  return { status: response.status, body: onlyStatus ? undefined : text && JSON.parse(text) }
}

/** Starts Prism's command line. */
async function startPrism(document: string) {
  const free = createServer().listen(0, '127.0.0.1')
  await once(free, 'listening')
  const { port } = free.address() as AddressInfo
  free.close()
  await once(free, 'close')
  const cli = createRequire(import.meta.url).resolve('@stoplight/prism-cli/dist/index.js')
  const prism = spawn(process.execPath, [cli, 'mock', document, '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: prism.stdout })
  await new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      if (line.includes('Prism is listening')) resolve()
    })
  })
  return { url: `http://127.0.0.1:${port}`, kill: () => prism.kill('SIGKILL') }
}
