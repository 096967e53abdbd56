import type { Install, QueueImageInstallResult } from '@image-install-queue/client'
import { hasEnded, stateOf, withNumbers } from './installs.ts'

/**
 * How an install ended, as far as the API shows it:
 *
 * - `completed`: listed as Completed, without an error
 * - `presumed-completed`: last seen Running, then no longer listed. A job that was dropped looks the same.
 * - `failed`: listed as Failed
 * - `unknown`: Squashed, Completed with an error, never listed, no longer listed after an earlier state than Running, or
 *   still listed exactly as before it was queued
 */
export type InstallOutcome = 'completed' | 'presumed-completed' | 'failed' | 'unknown'

/** Facts about a job from before it is watched. */
export interface KnownJob {
  readonly jobid: number
  /** The job as it was listed, before it was queued if it was. */
  readonly listed?: Install | undefined
  /** The response to `queueImageInstall`. It counts as seeing the job. */
  readonly queued?: QueueImageInstallResult | undefined
}

/** The outcome of an install in one of the three final states. */
export function outcomeOf(install: Install): 'completed' | 'failed' | 'unknown' {
  const state = stateOf(install)
  if (state === 'Failed') return 'failed'
  return state === 'Completed' && !hasErrorMark(install) ? 'completed' : 'unknown'
}

/** The outcome of an install that is no longer listed. */
export function outcomeWhenGone(lastSeen: Install): InstallOutcome {
  if (stateOf(lastSeen) === 'Running') return 'presumed-completed'
  return hasEnded(lastSeen) ? outcomeOf(lastSeen) : 'unknown'
}

/** `jobfailed` is a flag or a count: which of the two is disputed. */
const hasErrorMark = ({ jobfailed, joberror }: Install): boolean =>
  Boolean(joberror) || !['0', 'false', '', 'undefined', 'null'].includes(String(jobfailed).toLowerCase())

/** The job as the response to queueing it shows it, if it was queued. Other fields are as they were listed. */
export const latestOf = ({ jobid, listed, queued }: KnownJob): Install => ({
  ...listed,
  ...withNumbers(queued),
  jobid,
})

/** Whether the response shows a final state that may be that of the job's earlier run, which the API may repeat. */
export function mayRepeatEarlierRun(job: KnownJob): boolean {
  const latest = latestOf(job)
  return job.queued !== undefined && hasEnded(latest) && (!job.listed || stateOf(job.listed) === stateOf(latest))
}

/** The run of the job that is to be watched, as it was last seen before the watch. */
export function lastSeenOf(job: KnownJob): Install | undefined {
  if (job.queued) return mayRepeatEarlierRun(job) ? undefined : latestOf(job)
  return job.listed && !hasEnded(job.listed) ? job.listed : undefined
}
