/** Options of one call. */
export interface CallOptions {
  /** Aborts the call. The `cause` of the error is then the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /**
   * Milliseconds for the whole call: credentials, all attempts, the waits between them and reading the body. Default: the
   * client's, otherwise 30,000. A call that changes state may use all of it for one attempt. In a read-only call each
   * attempt but the last gets two thirds of the time left: with the defaults 20 s, then at most 6.7 s, then the rest.
   */
  readonly timeoutMs?: number | undefined
  /** How often the request is sent again at most, where a retry is allowed. Default: the client's, otherwise 2. */
  readonly maxRetries?: number | undefined
  /** Additional request headers. They do not replace credentials. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** One violation of the contract in a response. */
export interface Violation {
  /** JSON pointer to the value; empty for the whole body. */
  readonly path: string
  readonly message: string
}

/** Finds the contract violations in a response, and reports them as the options specify. */
export type Validate = (
  operation: string,
  status: number,
  data: unknown,
  options?: Pick<BaseClientOptions, 'onContractViolation' | 'logger'>,
) => readonly Violation[]

/**
 * A logger that takes the details first, then the message: `console`, pino, bunyan. winston takes the message first and
 * needs an adapter of two lines, which the README shows.
 */
export interface Logger {
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

/** Options of every client, whatever its contract. */
export interface BaseClientOptions extends Pick<CallOptions, 'timeoutMs' | 'maxRetries'> {
  /**
   * Sends requests, for example the `fetch` of the mock. It receives the URL as a string. Default: the global `fetch` at the
   * time of the call. It must send exactly one request. If it makes other connections and one is refused, the client
   * assumes that the request was not sent, and retries it.
   */
  readonly fetch?: ((input: string | URL | Request, init?: RequestInit) => Promise<Response>) | undefined
  /**
   * Receives each response (`info`), each retry (`warn`) and each failed call (`error`), except wrong parameters and
   * options. The details are operation, method, path template, attempt (from 0), duration in milliseconds, and either the
   * URL without its query, the status and the headers that cannot contain a secret, or the error's code and outcome.
   * Default: no logging.
   */
  readonly logger?: Logger | undefined
  /** Checks responses against the contract: `validate` of `@image-install-queue/client/validate`. Default: no check. */
  readonly validate?: Validate | undefined
  /**
   * Receives the violations that `validate` finds; errors it throws are ignored. `'throw'` throws a
   * {@link ContractViolationError} instead. Default: a warning to `logger`, or to the console without one. Except with
   * `'throw'` the response is returned, so that a queued job is not lost.
   */
  readonly onContractViolation?: 'throw' | ((violations: readonly Violation[]) => void) | undefined
  /** The one host, other than loopback, that credentials may be sent to over plain HTTP. */
  readonly allowHttpHost?: string | undefined
  /**
   * Allows a browser to send credentials to a host that is not loopback. Everyone who opens the page can read them. Not
   * needed if `fetch` is given.
   */
  readonly dangerouslyAllowBrowser?: boolean | undefined
}

/** A pending call. */
export interface Call<T> extends Promise<T> {
  /** Resolves to the result and its response, for status and headers. The body of the response has been read. */
  withResponse(): Promise<{ data: T; response: Response }>
}
