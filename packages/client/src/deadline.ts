/** Why a call ends early. The cause of an abort is the caller's reason. */
export interface CancelReason {
  readonly code: 'timeout' | 'aborted'
  readonly cause?: unknown
}

/** Ends the waiting of one call, at its timeout or by the caller's signal. It waits for one thing at a time. */
export interface Deadline {
  readonly signal: AbortSignal
  cancelReason(): CancelReason | undefined
  /** Milliseconds left. */
  left(): number
  /** Settles like the promise, or rejects as soon as the deadline ends. */
  race<T>(promise: PromiseLike<T>): Promise<T>
  /** Resolves after the time, or as soon as the deadline ends. */
  sleep(ms: number): Promise<void>
  /** Frees the timer and the listener. */
  stop(): void
}

export function startDeadline(timeoutMs: number, outer?: AbortSignal): Deadline {
  const controller = new AbortController()
  const start = performance.now()
  let reason: CancelReason | undefined
  let interrupt: ((reason: CancelReason) => void) | undefined
  const cancel = (why: CancelReason) => {
    reason = why
    interrupt?.(why)
    controller.abort()
  }
  const timer = setTimeout(cancel, timeoutMs, { code: 'timeout' })
  const onAbort = () => cancel({ code: 'aborted', cause: outer?.reason })
  if (outer?.aborted) onAbort()
  outer?.addEventListener('abort', onAbort)

  return {
    signal: controller.signal,
    cancelReason: () => reason,
    left: () => timeoutMs - (performance.now() - start),
    race: (promise) =>
      new Promise((resolve, reject) => {
        interrupt = reject
        // The handlers are attached in any case, so that a late rejection is not an unhandled one.
        promise.then(resolve, reject)
        if (reason) reject(reason)
      }),
    sleep: (ms) =>
      new Promise((resolve) => {
        if (reason) return resolve()
        const wait = setTimeout(resolve, ms)
        interrupt = () => {
          clearTimeout(wait)
          resolve()
        }
      }),
    stop() {
      clearTimeout(timer)
      outer?.removeEventListener('abort', onAbort)
    },
  }
}
