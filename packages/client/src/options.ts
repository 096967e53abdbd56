import type { Logger } from './log.ts'

/** What can be set for one call. */
export interface CallOptions {
  /** Ends the call when it aborts. The error's `cause` is then the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /**
   * Milliseconds for the whole call: credentials, every attempt, every wait between them and reading the body. Default:
   * the client's, else 30,000. An attempt of an operation that changes nothing gets an equal share of what is left. Node's
   * own `fetch` gives up after 300,000 without an answer.
   */
  readonly timeoutMs?: number | undefined
  /** How often to send again at most, where that is allowed. Default: the client's, else 2. */
  readonly maxRetries?: number | undefined
  /** More request headers. They do not replace credentials. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** One deviation from the contract. */
export interface Violation {
  /** JSON pointer to the value; empty for the whole body. */
  readonly path: string
  readonly message: string
}

/** Finds what in an answer is not as the contract says, and reports it as the options say. */
export type Validate = (
  operation: string,
  status: number,
  data: unknown,
  options?: Pick<BaseClientOptions, 'onContractViolation' | 'logger'>,
) => readonly Violation[]

/** What all calls of a client share, whatever the contract. */
export interface BaseClientOptions extends Pick<CallOptions, 'timeoutMs' | 'maxRetries'> {
  /**
   * What to send with, for example the mock's `fetch`. Default: the global `fetch`, looked up at each call. It must make
   * one request and nothing else that can fail: if it is refused a connection of its own, that is taken as proof that the
   * request was not sent, and it is sent again.
   */
  readonly fetch?: ((input: string | URL | Request, init?: RequestInit) => Promise<Response>) | undefined
  /**
   * Gets every answer (`info`), every repetition (`warn`) and every call that failed (`error`), but for wrong parameters
   * and options: method, path template, status, attempt, milliseconds, harmless headers. Silent by default.
   */
  readonly logger?: Logger | undefined
  /** Checks answers against the contract: `validate` of `@image-install-queue/client/validate`. Default: no check. */
  readonly validate?: Validate | undefined
  /**
   * What to do with deviations that `validate` finds. A function gets them, and what it throws is ignored; `'throw'` makes
   * a {@link ContractViolationError} of them. Default: a warning to `logger`, without one to the console. The answer is
   * handed on in any other case: a job that was queued must not be lost. Without `validate` nothing is found.
   */
  readonly onContractViolation?: 'throw' | ((violations: readonly Violation[]) => void) | undefined
  /** The one host, other than loopback, that credentials may be sent to over plain http. */
  readonly allowHttpHost?: string | undefined
  /** Allows a browser to send credentials to a host that is not loopback. Everybody who opens the page can read them. */
  readonly dangerouslyAllowBrowser?: boolean | undefined
}

/** The result of a call to come. */
export interface Call<T> extends Promise<T> {
  /** The result together with the response, for its status and headers; the body of the response is read already. */
  withResponse(): Promise<{ data: T; response: Response }>
}
