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
   * @throws {TypeError} for the fault `reset`, as Node's `fetch` does; the caller's abort reason when the request's signal
   *   is aborted. An answer with an error status is no error. With the fault `truncate` it is reading the body that throws.
   */
  readonly fetch: typeof fetch
  /**
   * Listens on a port.
   *
   * @param options `port`: 0, the default, takes a free one; `host`: `127.0.0.1` by default
   * @throws the system's error when the port is taken (`EADDRINUSE`) or may not be had
   * @example
   * ```ts
   * const { url } = await mock.listen()
   * ```
   */
  listen(options?: ListenOptions): Promise<MockServer>
  /** The last thousand requests, the oldest first: a new list each time it is read. Credentials in them are redacted. */
  readonly requests: readonly RecordedRequest[]
  /**
   * Lets the next valid request fail, or the next few.
   *
   * @param fault what happens, as in the header `Mock-Fault`; see {@link Fault}
   * @param times how many requests, `Infinity` for all; 1 by default
   * @param operationId counts and fails requests of this operation only
   * @throws {TypeError} when the fault or the operation is not known or `times` is less than 1
   */
  fail(fault: Fault, times?: number, operationId?: string): void
  /** Forgets the requests and the faults that were ordered, and starts every sequence over. */
  reset(): void
  /** Closes everything that listens, and ends what waits: its caller meets a lost connection. */
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * A failure to order: from a request with the header `Mock-Fault`, or from code with {@link Mock.fail}.
 *
 * | fault | what the caller sees |
 * | --- | --- |
 * | `delay=250` | the right answer, after that many milliseconds |
 * | `reset` | the connection reset instead of an answer |
 * | `truncate` | the right status and headers, and half of the body before the connection ends |
 * | `html-502` | a 502 with an HTML page, as gateways send it |
 * | `hang` | nothing, until the caller gives up |
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

/** Where to listen. */
export interface ListenOptions {
  /** @default 0, a free port */
  readonly port?: number
  /** @default '127.0.0.1' */
  readonly host?: string
}

/** What was asked of the mock, and what it answered. */
export interface RecordedRequest {
  /** As it came. */
  readonly method: string
  /** Path and query. */
  readonly url: string
  /** Lower-case names; credentials are replaced by `[redacted]`. */
  readonly headers: Readonly<Record<string, string>>
  /** The text of the body, its first 10,000 characters. */
  readonly body?: string
  /** The operation that was called; absent when the contract has none such. */
  readonly operationId?: string
  /** The name of the scenario or example that answered; absent when it was none. */
  readonly scenario?: string
  /** The fault that met the caller, as it was ordered; absent when there was none. */
  readonly fault?: string
  /** The status of the answer, before any fault. */
  readonly status: number
}

/** A mock that listens. */
export interface MockServer {
  /** Origin without a slash at the end, for example `http://127.0.0.1:4010`. */
  readonly url: string
  /** Stops listening and closes every connection, those with a request in progress too. */
  close(): Promise<void>
}
