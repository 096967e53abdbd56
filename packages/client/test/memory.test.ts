import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { clientOf, jsonResponse, mirrorJob } from './support/calls.ts'

test('memory does not grow over 30,000 calls', async () => {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const client = clientOf('http://127.0.0.1', { fetch: async () => jsonResponse(mirrorJob) })
  const used = async (calls: number) => {
    for (let jobid = 1; jobid <= calls; jobid++) await client.queueImageInstall({ jobid, mirroring: true })
    collect()
    return process.memoryUsage().heapUsed
  }
  const before = await used(5_000)
  const after = await used(30_000)
  // A hundred bytes kept per call would be three megabytes.
  expect(after - before).toBeLessThan(2_500_000)
}, 60_000)
