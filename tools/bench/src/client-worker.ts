import { type Peer, peers, type Queue } from './client-peers.ts'

// A process of its own for each peer and round, so that none runs on code that another one warmed up.
const [name, mode, baseUrl = ''] = process.argv.slice(2)
const make = peers[name as Peer] // client.ts passes nothing else

const body = JSON.stringify({
  versionmirrorid: 91011,
  jobcreated: 1700000000,
  jobfailed: 0,
  jobprogress: 0,
  jobstatename: 'Queued',
  jobupdated: 1700000030,
})
const headers = { 'content-type': 'application/json' }

async function stubbed(): Promise<number> {
  const call = make({ baseUrl: 'https://stub.invalid', fetch: async () => new Response(body, { headers }) })
  await times(call, 5_000)
  const started = performance.now()
  const calls = 30_000
  await times(call, calls)
  return ((performance.now() - started) / calls) * 1000
}

async function overLoopback(): Promise<number> {
  const call = make({ baseUrl, fetch: globalThis.fetch })
  await inFlight(call, 16, 50)
  const started = performance.now()
  const each = 400
  await inFlight(call, 16, each)
  return (16 * each) / ((performance.now() - started) / 1000)
}

async function inFlight(call: Queue, width: number, each: number): Promise<void> {
  await Promise.all(Array.from({ length: width }, () => times(call, each)))
}

async function times(call: Queue, count: number): Promise<void> {
  for (let jobid = 1; jobid <= count; jobid++) await call(jobid)
}

console.log(mode === 'stub' ? await stubbed() : await overLoopback())
