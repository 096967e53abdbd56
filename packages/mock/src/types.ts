/** A contract mock. */
export interface Mock extends AsyncDisposable {
  /**
   * Responds to a request in process, without a port. It takes the same arguments as the global `fetch`. The URL's host is
   * ignored.
   *
   * @example
   * ```ts
   * const clanforge = createClient({ ...options, fetch: mock.fetch })
   * ```
   * @throws {TypeError} for the fault `reset`, as Node's `fetch` does; the caller's abort reason if the request's signal is
   *   aborted. A response with an error status does not throw. With the fault `truncate`, reading the body throws.
   */
  readonly fetch: typeof fetch
  /**
   * Listens on a port.
   *
   * @throws the system's error if the port is taken (`EADDRINUSE`) or not permitted (`EACCES`)
   * @example
   * ```ts
   * const { url } = await mock.listen()
   * ```
   */
  listen(options?: ListenOptions): Promise<MockServer>
  /**
   * The last 1,000 requests without a `Mock-Session` header, the oldest first; a new list on each read. Credentials, and
   * query values and headers with secret-like names, are redacted.
   */
  readonly requests: readonly RecordedRequest[]
  /**
   * Injects a fault into the next valid requests without a `Mock-Session` header.
   *
   * @param fault as in the header `Mock-Fault`; see {@link Fault}
   * @param times the number of requests, `Infinity` for all; 1 by default
   * @param operationId affects requests of this operation only; of any by default
   * @throws {TypeError} if the fault or the operation is not known, or if `times` is not an integer of at least 1 or `Infinity`
   * @example
   * ```ts
   * mock.fail('rate-limit; retry-after=2', 3, 'listImageInstalls')
   * ```
   */
  fail(fault: Fault, times?: number, operationId?: string): void
  /** Clears the requests and injected faults, and restarts every sequence, for requests without a `Mock-Session` header. */
  reset(): void
  /** Closes all servers. Pending requests fail with a connection error. */
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * A failure to inject: into one request with the header `Mock-Fault`, or from code with {@link Mock.fail}.
 *
 * | fault | what the caller gets |
 * | --- | --- |
 * | `delay=250` | the response after 250 ms |
 * | `reset` | a reset connection |
 * | `truncate` | status, headers and half of the body before the connection ends |
 * | `html-502` | a 502 with an HTML page, as gateways send it |
 * | `hang` | no response |
 * | `rate-limit`, `rate-limit; retry-after=2` | a 429 with `Retry-After` in seconds, 1 by default |
 */
export type Fault =
  | `delay=${number}`
  | 'reset'
  | 'truncate'
  | 'html-502'
  | 'hang'
  | 'rate-limit'
  | `rate-limit; retry-after=${number}`

/** Options of {@link Mock.listen}. */
export interface ListenOptions {
  /** @default 0, a free port */
  readonly port?: number
  /** @default '127.0.0.1' */
  readonly host?: string
  /**
   * Whether `/__mock/requests` and `/__mock/faults` may be used.
   *
   * @default true if only this machine can connect to `host`
   */
  readonly control?: boolean
}

/** A request that the mock received. */
export interface RecordedRequest {
  /** When it was received, ISO 8601. */
  readonly time: string
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly path: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  /** The first 10,000 characters of the body. */
  readonly body?: string
  /** The operation that was called; absent if the contract has no such operation. */
  readonly operationId?: string
  /** Declared parameters by name; integers, numbers and flags as such, other values as received. */
  readonly parameters?: Readonly<Record<string, unknown>>
  /** The name of the scenario or example in the response; absent if there was none. */
  readonly scenario?: string
  /** The injected fault; absent if there was none. */
  readonly fault?: string
  /** The status of the response before any fault. */
  readonly status: number
}

/** A mock that listens. */
export interface MockServer {
  /** Origin without a trailing slash, for example `http://127.0.0.1:4010`. */
  readonly url: string
  /** Stops listening and closes every connection, also those with a request in progress. */
  close(): Promise<void>
}
