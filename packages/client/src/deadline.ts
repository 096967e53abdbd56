/** Why a call ended before its time. */
export interface End {
  readonly code: 'timeout' | 'aborted'
  /** The caller's reason, or a `TimeoutError`. */
  readonly reason: unknown
}

/** Ends the waiting of one call, at its timeout or by the caller's signal. It waits for one thing at a time. */
export interface Deadline {
  readonly signal: AbortSignal
  ended(): End | undefined
  /** Milliseconds that are left. */
  left(): number
  /** The promise, or a rejection with the reason as soon as the deadline ends. */
  race<T>(promise: PromiseLike<T>): Promise<T>
  sleep(ms: number): Promise<void>
  /** Frees timer and listener. */
  stop(): void
}

export function startDeadline(timeoutMs: number, outer?: AbortSignal): Deadline {
  const controller = new AbortController()
  const start = performance.now()
  let end: End | undefined
  let interrupt: ((reason: unknown) => void) | undefined
  const finish = (code: End['code'], reason: unknown) => {
    end ??= { code, reason }
    interrupt?.(end.reason)
    controller.abort(end.reason)
  }
  const onAbort = () => finish('aborted', outer?.reason)
  const timer = setTimeout(() => {
    finish('timeout', new DOMException(`The time of ${timeoutMs} ms is over.`, 'TimeoutError'))
  }, timeoutMs)
  if (outer?.aborted) onAbort()
  else outer?.addEventListener('abort', onAbort)

  return {
    signal: controller.signal,
    ended: () => end,
    left: () => timeoutMs - (performance.now() - start),
    race: (promise) =>
      new Promise((resolve, reject) => {
        interrupt = reject
        // Handlers stand on the promise in any case, so that a late rejection is not an unhandled one.
        promise.then(resolve, reject)
        if (end) reject(end.reason)
      }),
    sleep: (ms) =>
      new Promise((resolve, reject) => {
        const wait = setTimeout(resolve, ms)
        interrupt = (reason) => {
          clearTimeout(wait)
          reject(reason)
        }
      }),
    stop() {
      clearTimeout(timer)
      outer?.removeEventListener('abort', onAbort)
    },
  }
}
