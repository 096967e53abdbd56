import { connectionLost, createFetch } from './fetch.ts'
import { createHandler } from './handler.ts'
import { recorded } from './journal.ts'
import { createMemory } from './memory.ts'
import { type Incoming, replyWith } from './message.ts'
import { type Handler, serve } from './serve.ts'
import type { Listening, ListenOptions, Mock, RecordedRequest } from './types.ts'

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
  const servers: Promise<Listening>[] = []
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
    async listen({ port = 0, host = '127.0.0.1', before } = {}) {
      const server = serve(before ? answeredBefore(before, handler) : handler, port, host)
      servers.push(server)
      return server
    },
    get requests() {
      return [...requests]
    },
    fail: (fault, times = 1) => memory.fail(fault, times),
    reset: () => memory.reset(),
    async [Symbol.asyncDispose]() {
      closed.abort(connectionLost('fetch failed', 'ECONNRESET', 'the mock was closed'))
      await Promise.allSettled(servers.map(async (server) => (await server).close()))
    },
  }
}

const answeredBefore =
  (before: NonNullable<ListenOptions['before']>, handler: Handler): Handler =>
  (incoming) => {
    const { method, target, headers } = incoming
    const given = before({ method, url: target, headers })
    if (!given) return handler(incoming)
    const { status, headers: sent = {}, body = '' } = given
    return { reply: replyWith(status, sent, typeof body === 'string' ? body : Buffer.from(body)) }
  }
