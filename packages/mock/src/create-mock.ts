import { knownFaults, type ReadFault, readFault } from './fault.ts'
import { connectionLost, createFetch } from './fetch.ts'
import { createHandler } from './handler.ts'
import type { Incoming } from './message.ts'
import { recorded } from './recorded.ts'
import { serve } from './serve.ts'
import type { Listening, Mock, RecordedRequest } from './types.ts'

/** Older requests are forgotten beyond this many. */
const limit = 1000

/**
 * Creates a mock of the contract. Its answers depend on the request alone: several mocks answer alike.
 *
 * @example
 * ```ts
 * await using mock = createMock()
 * const { url } = await mock.listen()
 * ```
 */
export function createMock(): Mock {
  const requests: RecordedRequest[] = []
  const servers: Promise<Listening>[] = []
  const ordered: { readonly fault: ReadFault; left: number }[] = []
  const closed = new AbortController()
  const answer = createHandler(() => {
    const [next] = ordered
    if (next && --next.left < 1) ordered.shift()
    return next?.fault
  })
  const handler = (incoming: Incoming) => {
    const outcome = answer(incoming)
    if (!outcome.isAside) requests.push(recorded(incoming, outcome))
    if (requests.length > limit) requests.shift()
    return outcome
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
    fail(fault, times = 1) {
      const read = readFault(fault)
      if (!read) throw new TypeError(`"${fault}" is not a fault. Known are: ${knownFaults}.`)
      if (!(times >= 1)) throw new TypeError(`${times} is not how many requests can fail: at least 1, or Infinity.`)
      ordered.push({ fault: read, left: times })
    },
    reset() {
      requests.length = 0
      ordered.length = 0
    },
    async [Symbol.asyncDispose]() {
      closed.abort(connectionLost('fetch failed', 'ECONNRESET', 'the mock was closed'))
      await Promise.allSettled(servers.map(async (server) => (await server).close()))
    },
  }
}
