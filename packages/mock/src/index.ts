/**
 * A mock of the contract, in process or on a port.
 *
 * @module
 */

import * as contract from './contract.ts'
import { isLoopback } from './control.ts'
import { injectFault, notAFault, parseFault } from './fault.ts'
import { connectionLost, createFetch } from './fetch.ts'
import { createHandler } from './handler.ts'
import { serve } from './serve.ts'
import { createSessions, recordedRequest, reset } from './session.ts'
import type { Mock, MockServer } from './types.ts'

export type { Fault, ListenOptions, Mock, MockServer, RecordedRequest } from './types.ts'

/** `info.version` of the contract. */
export const specVersion: string = contract.specVersion

/** SHA-256 of the contract's file, hexadecimal. */
export const specSha256: string = contract.specSha256

/**
 * Creates a mock of the contract. A response depends on the request only, except for sequences, injected faults and random
 * data without a seed.
 *
 * @param options `sequences: false` always returns the first step of a sequence; `true` by default
 * @example
 * ```ts
 * await using mock = createMock()
 * const { url } = await mock.listen()
 * ```
 */
export function createMock({ sequences = true }: { readonly sequences?: boolean } = {}): Mock {
  const servers: Promise<MockServer>[] = []
  const closed = new AbortController()
  const sessions = createSessions(sequences)
  const session = sessions()
  const handler = createHandler(sessions)
  return {
    fetch: createFetch(handler, closed.signal),
    async listen({ port = 0, host = '127.0.0.1', control = isLoopback(host) } = {}) {
      const server = serve((request) => handler(request, control), port, host)
      servers.push(server)
      return server
    },
    get requests() {
      return session.requests.map(recordedRequest)
    },
    fail(fault, times = 1, operationId) {
      const parsed = parseFault(fault)
      if (!parsed) throw new TypeError(notAFault(fault))
      injectFault(session.faults, parsed, times, operationId)
    },
    reset: () => reset(session),
    async [Symbol.asyncDispose]() {
      closed.abort(connectionLost('fetch failed', 'ECONNRESET', 'the mock was closed'))
      await Promise.allSettled(servers.map(async (server) => (await server).close()))
    },
  }
}
