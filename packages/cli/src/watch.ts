/**
 * Watching image installs to their end, for programs.
 *
 * @module
 */
import { setTimeout as wait } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { type AnyCallError, type Client, type Install, isCallError } from '@image-install-queue/client'
import { byJob, hasEnded, listInstalls, stateText } from './installs.ts'

/** What to watch, and for how long. */
export interface WatchOptions {
  /** The jobs to watch. Default: those that the first answer lists, and no others that appear later. */
  readonly jobids?: readonly number[] | undefined
  /**
   * Jobs as they were listed before they were queued: one that had not ended then and is not listed any more is gone, and
   * one that had, and is listed just so in the first two answers, is not there yet.
   */
  readonly seen?: readonly Install[] | undefined
  /**
   * Milliseconds from one answer to the next request; longer, up to a minute, when the server asks for it. No limit on
   * polling is known; 5,000 is a polite choice.
   */
  readonly everyMs: number
  /** Milliseconds after which a {@link WatchTimeoutError} is thrown. Default: no end. */
  readonly timeoutMs?: number | undefined
  /** Ends the watching when it aborts, with the signal's reason. It stops no install. */
  readonly signal?: AbortSignal | undefined
}

/** Something happened to a job. */
export interface InstallChange {
  readonly jobid: number
  /**
   * - `appeared`: seen for the first time, in whatever state
   * - `progressed`: the same state, another `jobprogress`
   * - `state`: another state that is not an end
   * - `ended`: Completed, Failed or Squashed; also right after `appeared`
   * - `gone`: not listed any more. It completed, was squashed or dropped: the list does not say which.
   */
  readonly change: 'appeared' | 'progressed' | 'state' | 'ended' | 'gone'
  /** The job as it is listed; with `gone`, as it was listed last. */
  readonly install: Install
  /** The job as it was listed before, if that is another. */
  readonly previous?: Install
}

/** A request failed even after the client's own retries; the next one follows as if nothing had happened. */
export interface Trouble {
  readonly change: 'trouble'
  readonly error: AnyCallError
}

/** Thrown when `timeoutMs` is over before every job has come to its end. */
export class WatchTimeoutError extends Error {
  override readonly name = 'WatchTimeoutError'
  readonly code = 'watch_timeout'
  /** The jobs whose end was not seen. */
  readonly jobids: readonly number[]

  constructor(jobids: readonly number[]) {
    const missing = jobids.length > 0 ? ` before the end of job ${jobids.join(', ')} was seen` : ''
    super(`the time to watch was over${missing}; no install was stopped`)
    this.jobids = jobids
  }
}

/** A job that is in none of so many answers is not waited for. */
const answersToAppear = 3

/**
 * Lists installs again and again, one request after the other, and yields what changes, beginning with what is there. It
 * ends when every watched job has ended, is gone, or was in none of the first three answers; failed requests do not count.
 *
 * @throws {ConfigurationError} the client is not set up
 * @throws {HttpError} (also as `ApiError`) the server refuses to list, other than for too many requests
 * @throws {WatchTimeoutError} `timeoutMs` is over
 * @throws {RangeError} `everyMs` or `timeoutMs` is no time that a timer can keep
 * @throws the signal's reason. Never for a lost connection, a timeout or a 5xx: these are yielded as {@link Trouble}.
 * @example
 * ```ts
 * for await (const event of watchImageInstalls(createClient(), { jobids: [1003], everyMs: 5_000 })) {
 *   if (event.change === 'trouble') console.warn(event.error)
 *   else console.log(event.jobid, event.change, event.install.jobstatename)
 * }
 * ```
 */
export async function* watchImageInstalls(
  client: Client,
  { jobids, seen = [], everyMs, timeoutMs, signal }: WatchOptions,
): AsyncGenerator<InstallChange | Trouble, void, undefined> {
  for (const [name, value] of Object.entries({ everyMs, timeoutMs: timeoutMs ?? 1 }))
    if (!(value >= 1 && value < 2 ** 31)) throw new RangeError(`${name} must be from 1 to 2147483647 milliseconds`)
  const timeout = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs)
  const before = byJob(seen)
  const over = AbortSignal.any([signal, timeout].filter((one) => one !== undefined))
  // The jobs that are waited for, each as it was seen last.
  let open = jobids && new Map<number, Install | undefined>(jobids.map((jobid) => [jobid, undefined]))
  const stopIfOver = () => {
    signal?.throwIfAborted()
    if (timeout?.aborted) throw new WatchTimeoutError([...(open?.keys() ?? [])])
  }
  for (let answers = 0; ; ) {
    stopIfOver()
    let pauseMs = everyMs
    const asked = await listInstalls(client, over).then(
      (installs) => ({ installs }),
      (error: unknown) => ({ error }),
    )
    if ('error' in asked) {
      stopIfOver()
      if (!mendsItself(asked.error)) throw asked.error
      if ('retryAfterMs' in asked.error) pauseMs = Math.max(everyMs, Math.min(asked.error.retryAfterMs ?? 0, 60_000))
      yield { change: 'trouble', error: asked.error }
    } else {
      answers++
      const listed = byJob(asked.installs)
      open ??= new Map([...listed.keys()].map((jobid) => [jobid, undefined]))
      yield* changes(open, listed, before, answers < answersToAppear)
      if (open.size === 0) return
    }
    // Why a wait ends early is seen before the next request.
    await wait(pauseMs, undefined, { signal: over }).catch(() => undefined)
  }
}

/** What is new of the open jobs; those that have come to an end are not open any more. */
function* changes(
  open: Map<number, Install | undefined>,
  listed: ReadonlyMap<number, Install>,
  seen: ReadonlyMap<number, Install>,
  mayAppear: boolean,
): Generator<InstallChange, void, undefined> {
  for (const [jobid, previous] of open) {
    const before = seen.get(jobid)
    const hadEnded = before !== undefined && hasEnded(before)
    // What is listed just as it was before it was queued again is the old end.
    const isOld = hadEnded && mayAppear && !previous && isDeepStrictEqual(listed.get(jobid), before)
    const install = isOld ? undefined : listed.get(jobid)
    const last = previous ?? (hadEnded ? undefined : before)
    if (install) open.set(jobid, install)
    if (install ? hasEnded(install) : last || !mayAppear) open.delete(jobid)
    if (!install) {
      if (last) yield { jobid, change: 'gone', install: last }
    } else if (!previous) {
      yield { jobid, change: 'appeared', install }
      if (hasEnded(install)) yield { jobid, change: 'ended', install }
    } else if (stateText(install) !== stateText(previous)) {
      yield { jobid, change: hasEnded(install) ? 'ended' : 'state', install, previous }
    } else if (install.jobprogress !== previous.jobprogress) {
      yield { jobid, change: 'progressed', install, previous }
    }
  }
}

/** Whether asking again may help: not after what is wrong here, nor after a refusal that is not about haste. */
function mendsItself(error: unknown): error is AnyCallError {
  if (!isCallError(error) || error.code === 'configuration') return false
  return error.outcome !== 'rejected' || error.status === 429
}
