import type { Install } from '@image-install-queue/client'
import { hasEnded, stateOf, stateText } from './installs.ts'
import { complain, Exit, type Io, type OutputOptions } from './io.ts'
import { afterQueueing, type KnownJob, mayRepeatEarlierRun, outcomeOf } from './outcomes.ts'
import type { JobFinished } from './poll.ts'

export interface ConclusionOptions extends OutputOptions {
  /** What a job counts as that is no longer listed, whatever unfinished state it was last seen in. */
  readonly goneIs?: 'done' | 'unknown'
}

/** What there is to say of a job, and the exit code for it. */
interface Conclusion {
  readonly exit: number
  readonly code: string
  readonly message: string
}

/** Reports how a watched job finished, unless it completed, and returns the exit code for it. */
export function conclude(io: Io, options: ConclusionOptions, { jobid, change, install }: JobFinished): number {
  if (!install) return tell(io, options, jobid, notFound)
  return tell(io, options, jobid, change === 'gone' && !hasEnded(install) ? gone(install, options) : ended(install))
}

/** Reports a bad final state in the response to queueing a job, and returns the exit code for it. */
export function concludeQueued(io: Io, options: OutputOptions, job: KnownJob): number {
  const install = afterQueueing(job)
  if (!hasEnded(install) || outcomeOf(install) === 'completed') return Exit.done
  return tell(io, options, job.jobid, mayRepeatEarlierRun(job) ? repeated(install) : ended(install))
}

/** Reports a job of the version that ended before, unless it completed, and returns the exit code for it. */
export const concludeLeftOut = (io: Io, options: OutputOptions, install: Install): number =>
  tell(io, options, install.jobid, ended(install))

function tell(io: Io, options: OutputOptions, jobid: number, conclusion: Conclusion | undefined): number {
  if (!conclusion) return Exit.done
  const { exit, code, message } = conclusion
  complain(io, options, code, `job ${jobid} ${message}`, { jobid })
  return exit
}

const seeRollout = "The list does not show how it ended. The vendor's rollout status of the image may."

const notFound: Conclusion = {
  exit: Exit.unknown,
  code: 'not_found',
  message: `was not found in the first three list responses: it completed, was dropped, or never existed.\n${seeRollout}`,
}

function gone(lastSeen: Install, { goneIs }: ConclusionOptions): Conclusion {
  const message = `is no longer listed, last seen ${stateText(lastSeen)}`
  if (goneIs ? goneIs === 'done' : stateOf(lastSeen) === 'Running')
    return {
      exit: Exit.done,
      code: 'gone',
      message: `${message}: presumed completed. A job that was dropped looks the same.`,
    }
  return {
    exit: Exit.unknown,
    code: 'gone',
    message: `${message}: it completed, was squashed or was dropped.\n${seeRollout}`,
  }
}

/** The conclusion of a final state; none if the install completed. */
function ended(install: Install): Conclusion | undefined {
  const outcome = outcomeOf(install)
  if (outcome === 'completed') return undefined
  const why = reason(install)
  if (outcome === 'failed') return { exit: Exit.failed, code: 'failed', message: `failed${why}` }
  if (stateOf(install) === 'Squashed')
    return {
      exit: Exit.unknown,
      code: 'squashed',
      message: `was squashed, probably replaced by a later one for the same target${why}`,
    }
  return { exit: Exit.unknown, code: 'completed_with_error', message: `is Completed, but with an error${why}` }
}

/** The conclusion of a final state in the response to queueing, if the job was not known to be in another state before. */
const repeated = (install: Install): Conclusion => ({
  exit: Exit.unknown,
  code: 'state_repeated',
  message: `was queued, but the response shows ${stateText(install)}${reason(install)}.\nThat may be the state of an earlier run.`,
})

const reason = ({ joberror, jobfailed }: Install): string => {
  if (joberror) return `: ${joberror}`
  return jobfailed ? ` (jobfailed ${jobfailed})` : ''
}
