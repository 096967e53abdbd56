/** Why a call ended before its time; the reason is the caller's. */
export interface End {
  readonly code: 'timeout' | 'aborted'
  readonly cause?: unknown
}

/** Ends the waiting of one call, at its timeout or by the caller's signal. It waits for one thing at a time. */
export interface Deadline {
  readonly signal: AbortSignal
  ended(): End | undefined
  /** Milliseconds that are left. */
  left(): number
  /** The promise, or a rejection as soon as the deadline ends. */
  race<T>(promise: PromiseLike<T>): Promise<T>
  /** Resolves after the time, or as soon as the deadline ends. */
  sleep(ms: number): Promise<void>
  /** Frees timer and listener. */
  stop(): void
}

export function startDeadline(timeoutMs: number, outer?: AbortSignal): Deadline {
  const controller = new AbortController()
  const start = performance.now()
  let end: End | undefined
  let interrupt: ((end: End) => void) | undefined
  const finish = (why: End) => {
    end = why
    interrupt?.(why)
    controller.abort()
  }
  const timer = setTimeout(finish, timeoutMs, { code: 'timeout' })
  const onAbort = () => finish({ code: 'aborted', cause: outer?.reason })
  if (outer?.aborted) onAbort()
  const unlisten = outer && listen(outer, onAbort)

  return {
    signal: controller.signal,
    ended: () => end,
    left: () => timeoutMs - (performance.now() - start),
    race: (promise) =>
      new Promise((resolve, reject) => {
        interrupt = reject
        // Handlers stand on the promise in any case, so that a late rejection is not an unhandled one.
        promise.then(resolve, reject)
        if (end) reject(end)
      }),
    sleep: (ms) =>
      new Promise((resolve) => {
        if (end) return resolve()
        const wait = setTimeout(resolve, ms)
        interrupt = () => {
          clearTimeout(wait)
          resolve()
        }
      }),
    stop() {
      clearTimeout(timer)
      unlisten?.()
    },
  }
}

/** What waits for each signal. Many calls may share one, and Node 20 warns of more than ten listeners. */
const waiting = new WeakMap<AbortSignal, Set<() => void>>()

function wake(this: AbortSignal): void {
  for (const callback of waiting.get(this) ?? []) callback()
}

function listen(signal: AbortSignal, callback: () => void): () => void {
  const callbacks = waiting.get(signal) ?? new Set()
  waiting.set(signal, callbacks.add(callback))
  // The same function is added once only.
  signal.addEventListener('abort', wake)
  return () => {
    callbacks.delete(callback)
    if (callbacks.size === 0) signal.removeEventListener('abort', wake)
  }
}
