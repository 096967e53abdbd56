import { concludeWatch, type GoneIs } from './conclusion.ts'
import { Exit, highest, report } from './exit.ts'
import type { Session } from './io.ts'
import { createLines } from './lines.ts'
import { nameJobs } from './messages.ts'
import type { KnownJob } from './outcomes.ts'
import { complain } from './output.ts'
import { type Poll, pollInstalls, type WatchOptions } from './poll.ts'
import { canRedraw, createScreen } from './screen.ts'

/** Options of a watch. Times are in milliseconds. */
export interface FollowOptions {
  readonly every: number
  readonly timeout: number
  /** 0 turns the heartbeat off. */
  readonly heartbeat: number
  readonly goneIs?: GoneIs
  readonly versionId?: number
  readonly debug?: boolean
}

/** Follows jobs until they finish, and reports how they did. */
export async function follow(
  io: Session,
  followed: Pick<WatchOptions, 'jobids' | 'known' | 'select'>,
  options: FollowOptions,
): Promise<number> {
  if (!io.stdout.isTTY && !io.stderr.isTTY) io.ignoreHangup()
  // On a screen, messages of --debug would be overwritten.
  const isScreen = !io.printsJson && canRedraw(io) && !io.quiet && !options.debug
  const view = isScreen ? createScreen(io) : createLines(io, options.heartbeat)
  let finished: Poll['finished'] | undefined
  let exit: number = Exit.done
  try {
    const settings = { everyMs: options.every, timeoutMs: options.timeout, signal: io.signal }
    for await (const poll of pollInstalls(io.client, { ...settings, ...followed })) {
      finished = poll.finished
      await view.show(poll)
    }
  } catch (error) {
    exit = reportStop(io, error, finished !== undefined, followed.known ?? [])
  } finally {
    view.close()
  }
  // Every job ends with an event, so without one there was no job.
  if (exit === Exit.done && finished?.length === 0) return reportNothing(io, options)
  return highest([exit, concludeWatch(io, finished ?? [], options.goneIs)])
}

/** Reports why the watch stopped early and that the installs continue, and returns the exit code for it. */
function reportStop(io: Session, error: unknown, hasStarted: boolean, known: readonly KnownJob[]): number {
  if (io.signal.aborted) {
    complain(io, 'aborted', 'Stopped watching. The installs keep running.')
    return Exit.interrupted
  }
  const exit = report(io, error)
  if (!hasStarted && known.length === 0) return exit
  const queued = known.filter((job) => job.queued).map(({ jobid }) => jobid)
  const queuedBefore = queued.length > 0 ? `Queued before: ${nameJobs(queued)}. ` : ''
  const message = `Stopped watching. ${queuedBefore}The installs keep running.\nCheck with \`image-install-queue list\`.`
  complain(io, 'watch_stopped', message, { queued })
  return exit === Exit.interrupted ? exit : Exit.unknown
}

/** Reports that there was no job to follow, and returns the exit code for it. */
function reportNothing(io: Session, options: FollowOptions): number {
  const { versionId } = options
  const which = versionId === undefined ? 'No install is listed' : `No install of version ${versionId} is listed`
  complain(io, 'not_listed', `${which}: there is nothing to watch.`)
  // An empty list means that nothing is in progress. The installs of a version may have been dropped, or never existed.
  return versionId === undefined ? Exit.done : Exit.unknown
}
