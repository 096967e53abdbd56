/** What depends on where the client runs. */
export interface Runtime {
  /** A connection for one state-changing request. */
  ownConnection(): Connection
  /** Whether a failure of `fetch` proves that the request was not sent. */
  provesNotSent(failure: unknown): boolean
}

/** How a request is sent, and what is done when its answer is read. */
export interface Connection {
  readonly init?: object
  release?(): void
}
