import { type Fault, knownFaults, readFault } from './fault.ts'
import { createFetch } from './fetch.ts'
import { createHandler } from './handler.ts'
import { createJournal, type RecordedRequest } from './journal.ts'
import type { Incoming } from './message.ts'
import { type Listening, serve } from './serve.ts'

/** A contract mock. */
export interface Mock extends AsyncDisposable {
  /**
   * Answers a request in process, without a port. Takes what the global `fetch` takes, so it stands in for it; the host of
   * the URL does not matter.
   *
   * @example
   * ```ts
   * const clanforge = createClient({ ...options, fetch: mock.fetch })
   * ```
   * @throws {TypeError} for the faults `reset` and `truncate`, as Node's `fetch` does; the caller's abort reason when the
   *   request's signal is aborted. An answer with an error status is no error.
   */
  readonly fetch: typeof fetch
  /**
   * Listens on a port.
   *
   * @param options `port`: 0, the default, takes a free one; `host`: `127.0.0.1` by default
   * @throws the system's error when the port is taken (`EADDRINUSE`) or may not be had
   */
  listen(options?: { readonly port?: number; readonly host?: string }): Promise<Listening>
  /** The last thousand requests, the oldest first. Credentials in them are redacted. */
  readonly requests: readonly RecordedRequest[]
  /**
   * Lets the next valid request fail, or the next few.
   *
   * @param fault what happens, as in the header `Mock-Fault`; see {@link Fault}
   * @param times how many requests; 1 by default
   * @throws {TypeError} when the fault is not known
   */
  fail(fault: Fault, times?: number): void
  /** Forgets the requests and the faults that were ordered. */
  reset(): void
  /** Closes everything that listens. */
  [Symbol.asyncDispose](): Promise<void>
}

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
  const journal = createJournal()
  const servers: Listening[] = []
  let faults: ReturnType<typeof readFault>[] = []
  const answer = createHandler(() => faults.shift())
  const handler = (incoming: Incoming) => {
    const outcome = answer(incoming)
    journal.record(incoming, outcome)
    return outcome
  }
  return {
    fetch: createFetch(handler),
    async listen({ port = 0, host = '127.0.0.1' } = {}) {
      const server = await serve(handler, port, host)
      servers.push(server)
      return server
    },
    get requests() {
      return journal.requests
    },
    fail(fault, times = 1) {
      const read = readFault(fault)
      if (!read) throw new TypeError(`"${fault}" is not a fault. Known are: ${knownFaults}.`)
      faults.push(...Array.from({ length: times }, () => read))
    },
    reset() {
      journal.clear()
      faults = []
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(servers.map((server) => server.close()))
    },
  }
}
