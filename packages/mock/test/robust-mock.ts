import { afterAll, beforeAll, expect } from 'vitest'
import { createMock } from '../src/index.ts'
import { ask, path } from './support.ts'

/** A mock on a port for the tests of one file, which must outlive whatever they do to it. */
export function robustMock() {
  const mock = createMock()
  const unhandled: unknown[] = []
  const note = (error: unknown) => unhandled.push(error)
  const robust = {
    mock,
    port: 0,
    /** Expects that it still answers, and that nothing was thrown unseen. */
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
