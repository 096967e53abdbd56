import type { Install } from '@image-install-queue/client'
import { Exit, highest } from './exit.ts'
import { hasEnded, stateOf, stateText } from './installs.ts'
import type { Io } from './io.ts'
import { nameJobs } from './messages.ts'
import { afterQueueing, type KnownJob, mayRepeatEarlierRun, outcomeOf } from './outcomes.ts'
import { complain, notice, type OutputOptions } from './output.ts'
import type { JobFinished } from './poll.ts'

export interface ConclusionOptions extends OutputOptions {
  /** The outcome of a job that is no longer listed, whatever unfinished state it was last seen in. */
  readonly goneIs?: 'done' | 'unknown'
}

/** The exit code for a job, and a message that continues its name. */
interface Conclusion {
  readonly exit: number
  readonly code: string
  readonly message: string
}

/** Reports how watched jobs finished, unless they completed, and returns the exit code for them. */
export const concludeWatch = (io: Io, options: ConclusionOptions, finished: readonly JobFinished[]): number =>
  reportEach(
    io,
    options,
    finished.map(({ jobid, change, install, outcome }) => {
      if (!install) return [jobid, notFound]
      if (change === 'ended' && outcome !== outcomeOf(install)) return [jobid, repeated(install, 'list')]
      return [jobid, change === 'gone' && !hasEnded(install) ? gone(install, options) : ended(install)]
    }),
  )

/** Reports bad final states in the responses to queueing jobs, and returns the exit code for them. */
export const concludeQueued = (io: Io, options: OutputOptions, queued: readonly KnownJob[]): number =>
  reportEach(
    io,
    options,
    queued.map((job) => {
      const install = afterQueueing(job)
      if (!hasEnded(install) || outcomeOf(install) === 'completed') return [job.jobid, undefined]
      return [job.jobid, mayRepeatEarlierRun(job) ? repeated(install, 'response') : ended(install)]
    }),
  )

/** Reports jobs that ended before, unless they completed, and returns the exit code for them. */
export const concludeLeftOut = (io: Io, options: OutputOptions, installs: readonly Install[]): number =>
  reportEach(
    io,
    options,
    installs.map((install) => [install.jobid, ended(install)]),
  )

/** Reports jobs with the same conclusion in one message, and returns the exit code for all jobs. */
function reportEach(
  io: Io,
  options: OutputOptions,
  jobs: readonly (readonly [jobid: number, conclusion: Conclusion | undefined])[],
): number {
  const groups = new Map<string, { readonly conclusion: Conclusion; readonly jobids: number[] }>()
  for (const [jobid, conclusion] of jobs) {
    if (!conclusion) continue
    const group = groups.get(conclusion.message) ?? { conclusion, jobids: [] }
    group.jobids.push(jobid)
    groups.set(conclusion.message, group)
  }
  for (const { conclusion, jobids } of groups.values()) {
    const tell = conclusion.exit === Exit.done ? notice : complain
    tell(io, options, conclusion.code, `${nameJobs(jobids)} ${conclusion.message}`, { jobids })
  }
  return highest([...groups.values()].map(({ conclusion }) => conclusion.exit))
}

const seeRollout = "The list does not show how installs end. The vendor's rollout status of the image may show it."

const notFound: Conclusion = {
  exit: Exit.unknown,
  code: 'not_found',
  message: `did not appear in the first three list responses: completed, dropped, or never existed.\n${seeRollout}`,
}

function gone(lastSeen: Install, { goneIs }: ConclusionOptions): Conclusion {
  const message = `left the list, last seen ${stateText(lastSeen)}`
  if (goneIs ? goneIs === 'done' : stateOf(lastSeen) === 'Running')
    return {
      exit: Exit.done,
      code: 'gone',
      message: `${message}: presumed completed. A job that was dropped looks the same.`,
    }
  return { exit: Exit.unknown, code: 'gone', message: `${message}: completed, squashed or dropped.\n${seeRollout}` }
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
      message: `ended as Squashed, probably replaced by a later one for the same target${why}`,
    }
  return { exit: Exit.unknown, code: 'completed_with_error', message: `completed, but with an error${why}` }
}

/** The conclusion of a final state that the job may have had before it was queued. */
const repeated = (install: Install, source: 'response' | 'list'): Conclusion => ({
  exit: Exit.unknown,
  code: 'state_repeated',
  message: `may have ended: the ${source} shows ${stateText(install)}${reason(install)}.\nThat can be the state of an earlier run.`,
})

const reason = ({ joberror, jobfailed }: Install): string => {
  if (joberror) return `: ${joberror}`
  return jobfailed ? ` (jobfailed ${jobfailed})` : ''
}
