import { setTimeout as wait } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { type AnyCallError, type Client, type Install, isCallError } from '@image-install-queue/client'
import { byJob, hasEnded, type InstallList, listInstalls, stateText } from './installs.ts'
import { nameJobs } from './messages.ts'
import { type InstallOutcome, type KnownJob, lastSeenOf, outcomeOf, outcomeWhenGone } from './outcomes.ts'

/** Which jobs to watch, how often and for how long. */
export interface WatchOptions {
  /** The jobs to watch. Default: those in `known`, or in the first list response, and no others that appear later. */
  readonly jobids?: readonly number[] | undefined
  /** Which of the installs in the first list response to watch. Default: all. Only without `jobids` and `known`. */
  readonly select?: ((install: Install) => boolean) | undefined
  /**
   * Facts about the jobs. Pass them for jobs that you queued: then a job that disappears before the first poll is reported
   * as `gone`, and the final state of an earlier run is not mistaken for that of the new one.
   */
  readonly known?: readonly KnownJob[] | undefined
  /**
   * Milliseconds from a response to the next request; longer, up to a minute, if `Retry-After` requires it. No limit on
   * polling is known; the command uses 5,000.
   */
  readonly everyMs: number
  /** Milliseconds after which a {@link WatchTimeoutError} is thrown. Default: no limit. */
  readonly timeoutMs?: number | undefined
  /** Stops the watch when it aborts, with the signal's reason. The installs keep running. */
  readonly signal?: AbortSignal | undefined
}

/** A watched job was seen. */
export interface JobSeen {
  readonly jobid: number
  /**
   * - `appeared`: listed for the first time, in any state
   * - `progressed`: same state, different `jobprogress`
   * - `state-changed`: another state that is not final
   */
  readonly change: 'appeared' | 'progressed' | 'state-changed'
  readonly install: Install
  /** The job as it was listed before, if it was. */
  readonly previous?: Install
}

/** A watched job finished. No further event follows for it. */
export interface JobFinished {
  readonly jobid: number
  /**
   * - `ended`: Completed, Failed or Squashed; also right after `appeared`
   * - `gone`: seen before, and missing from three list responses in a row
   * - `not-found`: never seen, and missing from the first three list responses
   */
  readonly change: 'ended' | 'gone' | 'not-found'
  readonly outcome: InstallOutcome
  /** The job as it was last seen. Absent for `not-found`. */
  readonly install?: Install
  /** The job as it was listed before, if it was. */
  readonly previous?: Install
}

/** A list request failed, after the client's own retries. The next one follows after the usual pause. */
export interface RequestError {
  readonly change: 'error'
  readonly error: AnyCallError
}

/** A list response is usable, but has invalid parts. Yielded once per message. */
export interface ListWarning {
  readonly change: 'warning'
  readonly message: string
}

export type WatchEvent = JobSeen | JobFinished | RequestError | ListWarning

/** Thrown after `timeoutMs` if a job has not finished. */
export class WatchTimeoutError extends Error {
  override readonly name = 'WatchTimeoutError'
  readonly code = 'watch_timeout'
  /** The jobs that have not finished. */
  readonly jobids: readonly number[]

  constructor(jobids: readonly number[]) {
    super(`timed out before ${jobids.length === 0 ? 'the installs were listed' : `${nameJobs(jobids)} finished`}`)
    this.jobids = jobids
  }
}

/** A watched job that has not finished, as it was last seen in a list or in the response to queueing it. */
export interface OpenJob {
  readonly jobid: number
  readonly install: Install | undefined
}

/** The result of one list request, and the jobs of the watch after it. */
export interface Poll {
  readonly events: readonly WatchEvent[]
  readonly open: readonly OpenJob[]
  readonly finished: readonly JobFinished[]
}

/** A job is gone, or not found, when it is missing from this many list responses in a row. */
const listsToBeMissing = 3

/** After this many rejections in a row, the watch fails. */
const rejectionsToGiveUp = 5

/** An open job as the watch keeps it between two list requests. */
interface TrackedJob extends OpenJob {
  /** The job as it was listed before the watch. */
  readonly listed: Install | undefined
  install: Install | undefined
  /** Whether this watch has seen it in a list. */
  isListed: boolean
  /** List responses in a row without the job. */
  missing: number
  /** List responses that showed the end of the job's earlier run. */
  earlierEnds: number
}

/** Lists installs repeatedly and yields once per request, as described for `watchImageInstalls`. */
export async function* pollInstalls(
  client: Client,
  { jobids, select, known, everyMs, timeoutMs, signal }: WatchOptions,
): AsyncGenerator<Poll, void, undefined> {
  for (const [name, value] of Object.entries({ everyMs, timeoutMs: timeoutMs ?? 1 }))
    if (!(value >= 1 && value < 2 ** 31)) throw new RangeError(`${name} must be from 1 to 2147483647 milliseconds`)
  const requested = jobids ?? known?.map(({ jobid }) => jobid)
  if (select && requested)
    throw new TypeError('select cannot be combined with jobids or known. Filter the jobs before you pass them.')
  const timeout = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs)
  const over = AbortSignal.any([signal, timeout].filter((one) => one !== undefined))
  let open = requested && track(requested, known)
  const finished: JobFinished[] = []
  const stopIfOver = () => {
    signal?.throwIfAborted()
    if (timeout?.aborted) throw new WatchTimeoutError([...(open?.keys() ?? [])])
  }
  const warned = new Set<string>()
  // A queued job continues, so a failed list request does not stop the watch.
  let isKnown = known !== undefined && known.length > 0
  let rejections = 0
  for (;;) {
    stopIfOver()
    let pauseMs = everyMs
    const whyComplete = open ? undefined : 'The jobs to watch are not known: name them.'
    const listed = await listInstalls(client, over, whyComplete).catch((error: unknown) => ({ error }))
    if ('error' in listed) {
      stopIfOver()
      const { error } = listed
      if (!isCallError(error) || error.code === 'configuration') throw error
      rejections = isRejection(error) ? rejections + 1 : 0
      if (!isKnown || rejections === rejectionsToGiveUp) throw error
      if ('retryAfterMs' in error) pauseMs = Math.max(everyMs, Math.min(error.retryAfterMs ?? 0, 60_000))
      yield { events: [{ change: 'error', error }], open: [...(open?.values() ?? [])], finished }
    } else {
      open ??= track(listed.installs.filter(select ?? (() => true)).map(({ jobid }) => jobid))
      isKnown = true
      rejections = 0
      const warnings = listed.warnings.filter((message) => !warned.has(message))
      for (const message of warnings) warned.add(message)
      const changes = changesOf(open.values(), listed)
      for (const event of changes) {
        if (!('outcome' in event)) continue
        finished.push(event)
        open.delete(event.jobid)
      }
      const events = [...warnings.map((message) => ({ change: 'warning' as const, message })), ...changes]
      yield { events, open: [...open.values()], finished }
      if (open.size === 0) return
    }
    // Why a wait ends early is checked before the next request.
    await wait(pauseMs, undefined, { signal: over }).catch(() => undefined)
  }
}

function track(jobids: readonly number[], known: readonly KnownJob[] = []): Map<number, TrackedJob> {
  const byId = new Map(known.map((job) => [job.jobid, job]))
  return new Map(
    jobids.map((jobid) => {
      const job = byId.get(jobid) ?? { jobid }
      const { listed } = job
      return [jobid, { jobid, listed, install: lastSeenOf(job), isListed: false, missing: 0, earlierEnds: 0 }]
    }),
  )
}

/** The events of the open jobs after a list response. */
function changesOf(open: Iterable<TrackedJob>, list: InstallList): (JobSeen | JobFinished)[] {
  const listed = byJob(list.installs)
  return [...open].flatMap((job) => {
    const install = listed.get(job.jobid)
    return install ? seen(job, install) : missed(job, list.isComplete)
  })
}

/** The events of a job that is listed. */
function seen(job: TrackedJob, install: Install): (JobSeen | JobFinished)[] {
  const { jobid } = install
  job.missing = 0
  const isEarlier = isEarlierEnd(job, install)
  if (isEarlier && ++job.earlierEnds < listsToBeMissing) return []
  const previous = job.isListed ? job.install : undefined
  job.install = install
  job.isListed = true
  const before = previous ? { previous } : {}
  const outcome = isEarlier ? 'unknown' : outcomeOf(install)
  const ended: JobFinished[] = hasEnded(install) ? [{ jobid, change: 'ended', outcome, install, ...before }] : []
  if (!previous) return [{ jobid, change: 'appeared', install }, ...ended]
  if (ended.length > 0) return ended
  if (stateText(install) !== stateText(previous)) return [{ jobid, change: 'state-changed', install, previous }]
  if (install.jobprogress !== previous.jobprogress) return [{ jobid, change: 'progressed', install, previous }]
  return []
}

/** Whether a job that was queued again is listed exactly as before it was queued. */
const isEarlierEnd = ({ listed, isListed }: TrackedJob, install: Install): boolean =>
  !isListed && listed !== undefined && hasEnded(listed) && isDeepStrictEqual(install, listed)

/** The events of a job that is not listed. A list with skipped entries does not prove that a job is missing. */
function missed(job: TrackedJob, isComplete: boolean): JobFinished[] {
  if (isComplete) job.missing += 1
  if (job.missing < listsToBeMissing) return []
  const { jobid, install } = job
  return install
    ? [{ jobid, change: 'gone', outcome: outcomeWhenGone(install), install }]
    : [{ jobid, change: 'not-found', outcome: 'unknown' }]
}

/** Whether the server rejected the request, other than for too many requests. */
const isRejection = (error: AnyCallError): boolean =>
  error.outcome === 'rejected' && !('status' in error && error.status === 429)
