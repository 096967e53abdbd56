import { isCallError } from '@image-install-queue/client'
import { concludeKnown, concludeSkipped } from './conclusion.ts'
import { canAsk, confirm } from './confirm.ts'
import { Exit, highest, report, UsageError } from './exit.ts'
import { type FollowOptions, follow } from './follow.ts'
import { stateText } from './installs.ts'
import type { Session } from './io.ts'
import { type Candidate, describe, type LookupOptions, lookUp, printCandidate, rejectUnclear } from './lookup.ts'
import { nameJobs } from './messages.ts'
import { type KnownJob, latestOf } from './outcomes.ts'
import { complain, print } from './output.ts'

export interface QueueOptions extends LookupOptions, FollowOptions {
  readonly accountServiceId?: number
  readonly yes?: boolean
  readonly wait?: boolean
}

/** A job that can be queued. */
type Ready = Candidate & { readonly mirroring: boolean }

const isReady = (job: Candidate): job is Ready => job.change === 'found' && job.mirroring !== undefined

/** `queue`: looks the jobs up, asks for confirmation on a live host, and queues one after the other. */
export async function queue(io: Session, jobids: readonly number[], options: QueueOptions): Promise<number> {
  if (!options.dryRun && !options.yes && !canAsk(io))
    throw new UsageError('cannot ask for confirmation without a terminal. Pass --yes to queue on a remote host.')
  let candidates: Candidate[]
  try {
    candidates = await lookUp(io, jobids, options)
  } catch (error) {
    const exit = report(io, error)
    if (exit !== Exit.usage) complain(io, 'not_queued', 'Nothing was queued.')
    return exit
  }
  const rejected = rejectUnclear(io, candidates)
  if (rejected !== undefined) return rejected
  for (const job of candidates) await printCandidate(io, job, options)

  // A version succeeds only if the jobs that ended before succeeded, too.
  const leftOut = candidates.filter(({ change }) => change === 'left-out')
  const before = concludeKnown(io, leftOut)
  if (leftOut.length === candidates.length) {
    complain(io, 'not_listed', `no listed install of version ${options.versionId} could be queued`)
    return highest([Exit.failed, before])
  }
  const skipped = candidates.filter(({ change }) => change === 'skipped')
  const unrecognized = concludeSkipped(io, skipped)
  if (options.dryRun) return highest([before, unrecognized])

  const ready = candidates.filter(isReady)
  const lines = ready.map((job) => describe(job, options))
  if (ready.length > 0 && !options.yes && !(await confirm(io, lines, options.accountServiceId))) {
    complain(io, 'not_queued', 'Nothing was queued.')
    return io.signal.aborted ? Exit.interrupted : Exit.failed
  }
  const { queued, exit } = await queueEach(io, ready)
  const watched: KnownJob[] = [...skipped, ...queued]
  // An unknown outcome is reported at once, without waiting for the other jobs.
  if (options.wait && exit <= Exit.failed && watched.length > 0) {
    return highest([before, exit, await follow(io, { known: watched }, options)])
  }
  if (options.wait && queued.length > 0) {
    const jobids = queued.map(({ jobid }) => jobid)
    const message = `Not waiting. Queued before: ${nameJobs(jobids)}. The installs keep running.`
    complain(io, 'not_waiting', message, { jobids })
  }
  return highest([before, unrecognized, exit, concludeKnown(io, queued)])
}

/** Queues one job after the other. Stops at an error that is not about one job alone. */
async function queueEach(io: Session, ready: readonly Ready[]) {
  const queued: KnownJob[] = []
  let exit: number = Exit.done
  for (const [index, { jobid, listed, mirroring }] of ready.entries()) {
    try {
      const job = await io.client.queueImageInstall({ jobid, mirroring }, { signal: io.signal })
      const known = { jobid, listed, queued: job }
      queued.push(known)
      await print(io, [{ jobid, change: 'queued', mirroring, job }], () => [
        `job ${jobid}: queued, now ${stateText(latestOf(known))}`,
      ])
    } catch (error) {
      const code = report(io, error, jobid)
      // The job counts as queued even if the output cannot be written.
      exit = highest([exit, code === Exit.failed && !isCallError(error) ? Exit.unknown : code])
      if (isAboutOneJob(error)) continue
      const left = ready.slice(index + 1).map((job) => job.jobid)
      if (left.length > 0) complain(io, 'not_queued', `Not queued: ${nameJobs(left)}`, { jobids: left })
      break
    }
  }
  return { queued, exit }
}

/** Whether to continue with the next job. Not after errors that affect all jobs, such as 401, 403 or 429. */
const isAboutOneJob = (error: unknown): boolean =>
  isCallError(error) &&
  (error.code === 'http' || error.code === 'api') &&
  error.outcome === 'rejected' &&
  (error.status < 300 || [400, 404, 409].includes(error.status))
