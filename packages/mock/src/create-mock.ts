import { connectionLost, createFetch } from './fetch.ts'
import { createHandler } from './handler.ts'
import { recorded } from './journal.ts'
import { createMemory } from './memory.ts'
import type { Incoming } from './message.ts'
import { serve } from './serve.ts'
import type { Mock, MockServer, RecordedRequest } from './types.ts'

/** Older requests are forgotten beyond this many. */
const limit = 1000

/**
 * Creates a mock of the contract. Its answers depend on the request alone, but for those that the contract makes a sequence
 * of: several mocks answer alike.
 *
 * @param options `sequences: false` answers with the first of each sequence every time; `true` by default
 * @example
 * ```ts
 * await using mock = createMock()
 * const { url } = await mock.listen()
 * ```
 */
export function createMock({ sequences = true }: { readonly sequences?: boolean } = {}): Mock {
  const requests: RecordedRequest[] = []
  const servers: Promise<MockServer>[] = []
  const closed = new AbortController()
  const memory = createMemory(sequences, () => {
    requests.length = 0
  })
  const answer = createHandler(memory)
  const handler = (incoming: Incoming) => {
    const handled = answer(incoming)
    if (!handled.isAside) requests.push(recorded(incoming, handled))
    if (requests.length > limit) requests.shift()
    return handled
  }
  return {
    fetch: createFetch(handler, closed.signal),
    async listen({ port = 0, host = '127.0.0.1' } = {}) {
      const server = serve(handler, port, host)
      servers.push(server)
      return server
    },
    get requests() {
      return [...requests]
    },
    fail: (fault, times = 1, operationId) => memory.fail(fault, times, operationId),
    reset: () => memory.reset(),
    async [Symbol.asyncDispose]() {
      closed.abort(connectionLost('fetch failed', 'ECONNRESET', 'the mock was closed'))
      await Promise.allSettled(servers.map(async (server) => (await server).close()))
    },
  }
}
