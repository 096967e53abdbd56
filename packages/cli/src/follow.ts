import { createLogUpdate } from 'log-update'
import { type ConclusionOptions, conclude } from './conclusion.ts'
import { checkWithList, report } from './failure.ts'
import { stateText } from './installs.ts'
import { complain, Exit, highest, type Io, plain, printJson, warn, writesJson } from './io.ts'
import { nameJobs } from './jobs.ts'
import { colored } from './list.ts'
import type { KnownJob } from './outcomes.ts'
import { type JobFinished, type JobSeen, type Poll, pollInstalls } from './poll.ts'

export interface FollowOptions extends ConclusionOptions {
  readonly every: number
  readonly timeout: number
}

/** `watch`: a bar for each job on a terminal, one event a line otherwise. */
export async function follow(
  io: Io,
  jobids: readonly number[],
  options: FollowOptions,
  known: readonly KnownJob[] = [],
): Promise<number> {
  const last = new Map<number, JobSeen | JobFinished | undefined>(jobids.map((jobid) => [jobid, undefined]))
  const finished: JobFinished[] = []
  const draw = writesJson(io, options) ? undefined : createLogUpdate(io.stdout, { showCursor: true })
  const settings = { everyMs: options.every, timeoutMs: options.timeout, signal: io.signal, known }
  let exit: number = Exit.done
  let hasStarted = known.length > 0
  try {
    for await (const poll of pollInstalls(io.client, jobids.length > 0 ? { ...settings, jobids } : settings)) {
      hasStarted = true
      for (const event of poll.events) {
        if (event.change === 'warning') warn(io, options, event.message)
        else if (event.change !== 'error') last.set(event.jobid, event)
        if ('outcome' in event) finished.push(event)
        if (!draw && event.change !== 'warning') await printJson(io, event)
      }
      draw?.(screen(io, last, poll))
    }
    if (last.size === 0) complain(io, options, 'not_listed', 'No install is listed: there is nothing to watch.')
  } catch (error) {
    exit = stopped(io, options, error, hasStarted, known)
  } finally {
    draw?.done()
  }
  return highest([exit, ...finished.map((event) => conclude(io, options, event))])
}

/** Reports why the watch stopped early and what goes on anyway, and returns the exit code for it. */
function stopped(
  io: Io,
  options: FollowOptions,
  error: unknown,
  hasStarted: boolean,
  known: readonly KnownJob[],
): number {
  if (io.signal.aborted) {
    complain(io, options, 'aborted', 'Stopped watching. The installs keep running.')
    return Exit.interrupted
  }
  const exit = report(io, options, error)
  if (!hasStarted) return exit
  const queued = known.filter((job) => job.queued).map(({ jobid }) => jobid)
  const what = queued.length > 0 ? `Queued before: ${nameJobs(queued)}. ` : ''
  const message = `Stopped watching. ${what}The installs keep running.\n${checkWithList}`
  complain(io, options, 'watch_stopped', message, { queued })
  return exit === Exit.interrupted ? exit : Exit.unknown
}

/** All jobs, and the error of the last request. */
function screen(io: Io, last: ReadonlyMap<number, JobSeen | JobFinished | undefined>, { events }: Poll): string {
  const lines = [...last].map(([jobid, seen]) => colored(io, `${jobid}  ${seen ? bar(seen) : 'not seen yet'}`))
  const errors = events.flatMap((event) => (event.change === 'error' ? [plain(event.error.message), 'Retrying.'] : []))
  return [...lines, ...errors].join('\n')
}

function bar({ install, change }: JobSeen | JobFinished): string {
  const percent = Math.min(100, Math.max(0, Math.round(Number(install?.jobprogress) || 0)))
  const filled = Math.round(percent * 0.3)
  const state = change === 'gone' || !install ? change : plain(stateText(install))
  return `${state.padEnd(9)} ${'█'.repeat(filled)}${'░'.repeat(30 - filled)} ${String(percent).padStart(3)} %`
}
