import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Peer } from './client-peers.ts'
import { interleave, type Row } from './measure.ts'

const worker = join(import.meta.dirname, 'client-worker.ts')

/** A process of its own for each sample, so that none runs on code that another one warmed up. */
const inRounds = (peers: readonly Peer[], ...args: readonly string[]) =>
  interleave(peers, 7, async (peer) => {
    const { stdout } = await promisify(execFile)(process.execPath, [worker, peer, ...args])
    return Number(stdout)
  })

/** Time of a call against a stub, and calls per second over loopback. */
export async function measureClient(): Promise<Row[]> {
  const stub = await inRounds(['ours', 'openapi-fetch', 'hand-written fetch'], 'stub')
  const call = { what: 'a call against a stub', unit: 'µs', ours: stub('ours') }
  const loopback = await overLoopback()
  const inFlight = { what: '16 calls in flight over loopback', unit: 'calls/s', ours: loopback('ours') }
  return [
    { ...call, reference: 'hand-written fetch', theirs: stub('hand-written fetch'), atMost: 2.3 },
    { ...call, reference: 'openapi-fetch', theirs: stub('openapi-fetch'), atMost: 1.3 },
    { ...inFlight, reference: 'openapi-fetch', theirs: loopback('openapi-fetch'), atLeast: 0.8 },
    { ...inFlight, reference: 'hand-written fetch', theirs: loopback('hand-written fetch'), atLeast: 0.65 },
  ]
}

async function overLoopback() {
  const body = JSON.stringify({ versionmirrorid: 91011, jobstatename: 'Queued' })
  const headers = { 'content-type': 'application/json', 'content-length': body.length }
  const server = createServer((_, response) => response.writeHead(200, headers).end(body))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo // a TCP server's address
  const taken = await inRounds(['ours', 'openapi-fetch', 'hand-written fetch'], 'loopback', `http://127.0.0.1:${port}`)
  server.close()
  return taken
}
