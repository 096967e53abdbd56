/** Why a call ends early. The cause of an abort is the caller's reason. */
export interface CancelReason {
  readonly code: 'timeout' | 'aborted'
  readonly cause?: unknown
}

/** Ends the waiting of a call or one of its attempts, at its timeout or by a signal. It waits for one thing at a time. */
export class Deadline {
  readonly #controller = new AbortController()
  readonly #timeoutMs: number
  readonly #outer: AbortSignal | undefined
  readonly #call: Deadline | undefined
  readonly #start = performance.now()
  readonly #timer: ReturnType<typeof setTimeout>
  #reason: CancelReason | undefined
  #interrupt: ((reason: CancelReason) => void) | undefined

  /** @param call the deadline of the call whose attempt this one limits */
  constructor(timeoutMs: number, outer: AbortSignal | undefined, call?: Deadline) {
    this.#timeoutMs = timeoutMs
    this.#outer = outer
    this.#call = call
    this.#timer = setTimeout(() => this.#cancel({ code: 'timeout' }), timeoutMs)
    if (outer?.aborted) this.#onAbort()
    outer?.addEventListener('abort', this.#onAbort)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  get cancelReason(): CancelReason | undefined {
    return this.#call?.cancelReason ?? this.#reason
  }

  /** Milliseconds left. */
  left(): number {
    return this.#timeoutMs - (performance.now() - this.#start)
  }

  /** Settles like the promise, or rejects as soon as the deadline ends. */
  race<T>(promise: PromiseLike<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#interrupt = reject
      // The handlers are attached in any case, so that a late rejection is not an unhandled one.
      promise.then(resolve, reject)
      if (this.#reason) reject(this.#reason)
    })
  }

  /** Resolves after the time, or as soon as the deadline ends. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#reason) return resolve()
      const wait = setTimeout(resolve, ms)
      this.#interrupt = () => {
        clearTimeout(wait)
        resolve()
      }
    })
  }

  /** Frees the timer and the listener. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#outer?.removeEventListener('abort', this.#onAbort)
  }

  readonly #onAbort = (): void => this.#cancel({ code: 'aborted', cause: this.#outer?.reason })

  #cancel(reason: CancelReason): void {
    this.#reason = reason
    this.#interrupt?.(reason)
    this.#controller.abort()
  }
}
