import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { createMock } from '../src/index.ts'
import { ask, path } from './support.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc')

test('memory does not grow with the number of requests', { timeout: 60_000 }, async () => {
  const own = createMock()
  const heapAfter = async (from: number) => {
    for (let i = from; i < from + 2000; i++) {
      await ask(
        path(10_000 + i),
        { headers: { accept: `application/json;q=0.${i}`, 'x-filler': 'a'.repeat(1000) } },
        own,
      )
    }
    collectGarbage()
    return process.memoryUsage().heapUsed
  }
  const before = await heapAfter(0)
  await heapAfter(2000)
  await heapAfter(4000)
  expect((await heapAfter(6000)) - before).toBeLessThan(8 * 1024 * 1024)
  expect(own.requests).toHaveLength(1000)
})

test('memory does not grow with the size of bodies', async () => {
  const own = createMock()
  const body = Buffer.alloc(1024 * 1024, 'a')
  const { arrayBuffers: before } = process.memoryUsage()
  for (let i = 0; i < 100; i++) await ask('/nowhere', { method: 'POST', body }, own)
  // Buffers are freed in the background after the garbage collection.
  const used = () => {
    collectGarbage()
    return process.memoryUsage().arrayBuffers - before
  }
  await expect.poll(used).toBeLessThan(32 * 1024 * 1024)
  expect(own.requests.at(-1)?.body).toHaveLength(10_000)
})
