import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { type Bound, interleave, type Row, row } from '../measure.ts'
import { run } from '../process.ts'
import { peers } from './peers.ts'

const worker = join(import.meta.dirname, 'worker.ts')

/** Size of a bundled program, time per call against a stub, and calls per second over loopback. */
export async function measureClient(): Promise<Row[]> {
  const stubCalls = () => againstPeers('a call against a stub', 'µs', { ratioAtMost: 2 }, 'stub')
  return [...(await sizes()), ...(await stubCalls()), ...(await loopbackCalls())]
}

const programs = {
  ours: `import { createClient } from '@image-install-queue/client'
const client = createClient({ accessKey: 'a', secretKey: 's', accountserviceid: 1, baseUrl: 'https://host.invalid' })
console.log(await client.queueImageInstall({ jobid: 1, mirroring: true }))`,
  'openapi-fetch': `import createClient from 'openapi-fetch'
const client = createClient({ baseUrl: 'https://host.invalid', headers: { authorization: 'Basic YTpz' } })
console.log((await client.GET('/{jobid}', { params: { path: { jobid: 1 }, query: { mirroring: true } } })).data)`,
}

async function sizes(): Promise<Row[]> {
  const [ours, theirs] = await Promise.all([bundledSize(programs.ours), bundledSize(programs['openapi-fetch'])])
  return [
    row('a program that queues one install', 'B gzip', [ours], 'openapi-fetch alone', [theirs], { oursAtMost: 6000 }),
  ]
}

async function bundledSize(contents: string): Promise<number> {
  const result = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
  })
  return gzipSync(result.outputFiles[0]?.contents ?? '', { level: 9 }).length
}

async function loopbackCalls(): Promise<Row[]> {
  const body = JSON.stringify({ versionmirrorid: 91011, jobstatename: 'Queued' })
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo // a TCP server's address
  const url = `http://127.0.0.1:${port}`
  const rows = await againstPeers(
    '16 calls in flight over loopback',
    'calls/s',
    { ratioAtLeast: 0.85 },
    'loopback',
    url,
  )
  server.close()
  return rows
}

/** What the workers print, ours against each other; the bound is for what somebody would write by hand. */
async function againstPeers(what: string, unit: string, bound: Bound, ...args: string[]): Promise<Row[]> {
  const sample = async (name: string) => Number(await run(process.execPath, [worker, name, ...args]))
  const taken = await interleave(Object.fromEntries(Object.keys(peers).map((name) => [name, () => sample(name)])))
  return ['hand-written fetch', 'hand-written fetch, same guards', 'openapi-fetch'].map((reference, index) =>
    row(what, unit, taken.ours ?? [], reference, taken[reference] ?? [], index === 0 ? bound : {}),
  )
}
