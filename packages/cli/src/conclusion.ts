import type { Install } from '@image-install-queue/client'
import { Exit, highest } from './exit.ts'
import { hasEnded, stateOf, stateText } from './installs.ts'
import type { Io } from './io.ts'
import { nameJobs } from './messages.ts'
import { type KnownJob, latestOf, mayRepeatEarlierRun, outcomeOf } from './outcomes.ts'
import { tell } from './output.ts'
import type { JobFinished } from './poll.ts'

/** The outcome of a job that is no longer listed, whatever unfinished state it was last seen in. */
export type GoneIs = 'done' | 'unknown'

/** The exit code for a job, and a message that continues its name. */
interface Conclusion {
  readonly exit: number
  readonly code: string
  readonly message: string
}

/** Reports how watched jobs finished, unless they completed, and returns the exit code for them. */
export const concludeWatch = (io: Io, finished: readonly JobFinished[], goneIs: GoneIs | undefined): number =>
  reportEach(io, finished, ({ change, install, outcome }) => {
    if (!install) return notFound
    if (change === 'ended' && outcome !== outcomeOf(install)) return repeated(install, 'list')
    if (hasEnded(install)) return ended(install)
    return gone(install, goneIs ?? (outcome === 'presumed-completed' ? 'done' : 'unknown'))
  })

/** Reports bad final states of jobs that were queued, or left out because they had ended, and returns their exit code. */
export const concludeKnown = (io: Io, jobs: readonly KnownJob[]): number =>
  reportEach(io, jobs, (job) => {
    const install = latestOf(job)
    if (!hasEnded(install) || outcomeOf(install) === 'completed') return undefined
    return mayRepeatEarlierRun(job) ? repeated(install, 'response') : ended(install)
  })

/** Reports skipped jobs in a state that is not recognized, and returns the exit code for the skipped jobs. */
export const concludeSkipped = (io: Io, skipped: readonly KnownJob[]): number =>
  reportEach(io, skipped, ({ listed }) => (listed && !stateOf(listed) ? unrecognized(listed) : undefined))

/** Reports jobs with the same conclusion in one message, and returns the exit code for all jobs. */
function reportEach<Job extends { readonly jobid: number }>(
  io: Io,
  jobs: readonly Job[],
  conclude: (job: Job) => Conclusion | undefined,
): number {
  const groups = new Map<string, { readonly conclusion: Conclusion; readonly jobids: number[] }>()
  for (const job of jobs) {
    const conclusion = conclude(job)
    if (!conclusion) continue
    const group = groups.get(conclusion.message) ?? { conclusion, jobids: [] }
    group.jobids.push(job.jobid)
    groups.set(conclusion.message, group)
  }
  for (const { conclusion, jobids } of groups.values()) {
    const { exit, code, message } = conclusion
    tell(io, exit === Exit.done ? 'notice' : 'error', `${nameJobs(jobids)} ${message}`, { code, jobids })
  }
  return highest([...groups.values()].map(({ conclusion }) => conclusion.exit))
}

const seeRollout = "The list does not show how installs end. The vendor's rollout status of the image may show it."

const notFound: Conclusion = {
  exit: Exit.unknown,
  code: 'not_found',
  message: `did not appear in the first three list responses: completed, dropped, or never existed.\n${seeRollout}`,
}

function gone(lastSeen: Install, goneIs: GoneIs): Conclusion {
  const message = `left the list, last seen ${stateText(lastSeen)}`
  if (goneIs === 'done')
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

/** The conclusion of a job that may be in progress. */
const unrecognized = (install: Install): Conclusion => ({
  exit: Exit.unknown,
  code: 'state_unknown',
  message: `skipped: unrecognized state (${stateText(install)}), treated as in progress.\nPass --again to queue in this state.`,
})

const reason = ({ joberror, jobfailed }: Install): string => {
  if (joberror) return `: ${joberror}`
  return jobfailed ? ` (jobfailed ${jobfailed})` : ''
}
