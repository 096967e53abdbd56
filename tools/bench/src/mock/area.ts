import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import autocannon from 'autocannon'
import { freePort } from '../free-port.ts'
import { interleave, type Row, row } from '../measure.ts'
import { memory, type Started, startServer, stopServer } from '../process.ts'

const require = createRequire(import.meta.url)
const mockBin = join(dirname(require.resolve('@image-install-queue/mock/package.json')), 'bin/mock.js')
const prismBin = join(dirname(require.resolve('@stoplight/prism-cli/package.json')), 'dist/index.js')
const spec = require.resolve('@image-install-queue/spec/openapi.yaml')
const floor = join(import.meta.dirname, 'floor.ts')

const headers = { authorization: `Basic ${Buffer.from('access:secret').toString('base64')}` }
const path = (jobid: number) => `/cfp/v1/imageinstall/${jobid}/queue?accountserviceid=5678&mirroring=true`

const servers: Record<string, (port: number) => string[]> = {
  ours: (port) => [mockBin, '--port', String(port), '--quiet'],
  'prism mock -v silent': (port) => [prismBin, 'mock', spec, '--port', String(port), '-v', 'silent'],
  'prism mock': (port) => [prismBin, 'mock', spec, '--port', String(port)],
  'bare node:http': (port) => [floor, String(port)],
}

/** Time to the first answer, answers per second, and memory after many different job ids. */
export async function measureMock(): Promise<Row[]> {
  const start = await interleave(eachServer(async (name) => withServer(name, async ({ ms }) => ms)))
  const repeated = await interleave(eachServer((name) => withServer(name, (_, port) => load(port, () => path(1234)))))
  const different = await interleave(eachServer((name) => withServer(name, (_, port) => load(port, distinct()))))
  const heavy = ['ours', 'prism mock -v silent']
  const grown = await interleave(eachServer((name) => withServer(name, memoryAfterMany), heavy))
  const compare = (what: string, unit: string, taken: Record<string, number[]>, reference: string, bound = {}) =>
    row(what, unit, taken.ours ?? [], reference, taken[reference] ?? [], bound)
  return [
    compare('start to the first answer', 'ms', start, 'prism mock', { ratioAtMost: 0.35 }),
    compare('start to the first answer', 'ms', start, 'bare node:http'),
    ...Object.entries({ 'one job id': repeated, 'all job ids different': different }).flatMap(([ids, taken]) => [
      compare(`requests, ${ids}`, '/s', taken, 'prism mock -v silent', { ratioAtLeast: 2 }),
      compare(`requests, ${ids}`, '/s', taken, 'prism mock', { ratioAtLeast: 5 }),
      compare(`requests, ${ids}`, '/s', taken, 'bare node:http'),
    ]),
    compare('memory after 200,000 different job ids', 'MiB', grown, 'prism mock -v silent', { ratioAtMost: 1 }),
  ]
}

function eachServer(sample: (name: string) => Promise<number>, names = Object.keys(servers)) {
  return Object.fromEntries(names.map((name) => [name, () => sample(name)]))
}

async function withServer(name: string, use: (server: Started, port: number) => Promise<number>): Promise<number> {
  const port = await freePort()
  const args = servers[name]?.(port) ?? []
  const server = await startServer(process.execPath, args, `http://127.0.0.1:${port}${path(1)}`, { headers })
  try {
    return await use(server, port)
  } finally {
    await stopServer(server)
  }
}

/** Requests per second over 10 connections, after a warm-up. */
async function load(port: number, nextPath: () => string): Promise<number> {
  await requests(port, nextPath, { duration: 1 })
  const result = await requests(port, nextPath, { duration: 3 })
  return result.requests.average
}

async function memoryAfterMany(server: Started, port: number): Promise<number> {
  await requests(port, distinct(), { amount: 200_000 })
  return memory(server)
}

function requests(port: number, nextPath: () => string, length: { duration: number } | { amount: number }) {
  return autocannon({
    url: `http://127.0.0.1:${port}`,
    connections: 10,
    ...length,
    requests: [{ headers, setupRequest: (request) => ({ ...request, path: nextPath() }) }],
  })
}

/** A job id that no connection and no earlier call has used. */
function distinct(): () => string {
  let jobid = 10_000
  return () => path(jobid++)
}
