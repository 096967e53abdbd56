import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createClient, type paths } from '@image-install-queue/client'
import createFetchClient from 'openapi-fetch'
import { interleave, type Row } from './measure.ts'

const callsInFlight = 16
const callsPerSample = 400 * callsInFlight

/** Compares the calls per second of our client and of openapi-fetch, over loopback. */
export async function measureClient(): Promise<Row[]> {
  const server = fork(join(import.meta.dirname, 'loopback-server.ts'))
  const [port] = await once(server, 'message')
  const queue = callers(`http://127.0.0.1:${port}`)
  // Both run once before the first sample, so that no sample includes compilation.
  for (const call of Object.values(queue)) await callsPerSecond(call)
  const samples = await interleave(['ours', 'openapi-fetch'], 7, (name) => callsPerSecond(queue[name]))
  server.disconnect()
  return [
    {
      name: `${callsInFlight} calls in flight over loopback`,
      unit: 'calls/s',
      reference: 'openapi-fetch with a time limit',
      ours: samples('ours'),
      theirs: samples('openapi-fetch'),
      atLeast: 0.8,
    },
  ]
}

type Call = (jobid: number) => Promise<unknown>

function callers(baseUrl: string): Record<'ours' | 'openapi-fetch', Call> {
  const ours = createClient({ baseUrl, accessKey: 'access', secretKey: 'secret', accountserviceid: 5678 })
  const headers = { authorization: `Basic ${btoa('access:secret')}` }
  const theirs = createFetchClient<paths>({ baseUrl, headers })
  return {
    ours: (jobid) => ours.queueImageInstall({ jobid, mirroring: true }),
    'openapi-fetch': (jobid) =>
      theirs.GET('/cfp/v1/imageinstall/{jobid}/queue', {
        params: { path: { jobid }, query: { accountserviceid: 5678, mirroring: true } },
        // Our client always limits the time of a call, so the reference does, too.
        signal: AbortSignal.timeout(30_000),
      }),
  }
}

async function callsPerSecond(call: Call): Promise<number> {
  let next = 1
  const worker = async () => {
    while (next <= callsPerSample) await call(next++)
  }
  const started = performance.now()
  await Promise.all(Array.from({ length: callsInFlight }, worker))
  return callsPerSample / ((performance.now() - started) / 1000)
}
