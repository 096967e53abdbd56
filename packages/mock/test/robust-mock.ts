import { afterAll, beforeAll, expect } from 'vitest'
import { createMock } from '../src/index.ts'
import { ask, path } from './support.ts'

/** Creates a mock on a port that must survive all tests of a file. */
export function robustMock() {
  const mock = createMock()
  const unhandled: unknown[] = []
  const note = (error: unknown) => unhandled.push(error)
  const robust = {
    mock,
    port: 0,
    /** Expects that it still responds, and that no promise was rejected without a handler. */
    async expectResponsive() {
      expect((await ask(path(1), {}, mock)).status).toBe(200)
      expect(unhandled).toEqual([])
    },
  }
  beforeAll(async () => {
    robust.port = Number(new URL((await mock.listen()).url).port)
    process.on('unhandledRejection', note)
  })
  afterAll(async () => {
    process.off('unhandledRejection', note)
    await mock[Symbol.asyncDispose]()
  })
  return robust
}
