import type { Install } from '@image-install-queue/client'
import { createLogUpdate } from 'log-update'
import { report } from './failure.ts'
import { stateOf, stateText } from './installs.ts'
import { complain, Exit, type Io, type OutputOptions, plain, printJson, writesJson } from './io.ts'
import { colored } from './list.ts'
import { type InstallChange, type Trouble, watchImageInstalls } from './watch.ts'

export interface FollowOptions extends OutputOptions {
  readonly every: number
  readonly timeout: number
}

/** `watch`: a bar for each job on a terminal, one event a line otherwise. */
export async function follow(io: Io, jobids: readonly number[], options: FollowOptions, seen?: readonly Install[]) {
  const last = new Map<number, InstallChange | undefined>(jobids.map((jobid) => [jobid, undefined]))
  const draw = writesJson(io, options) ? undefined : createLogUpdate(io.stdout)
  try {
    const settings = { everyMs: options.every, timeoutMs: options.timeout, signal: io.signal, seen }
    for await (const event of watchImageInstalls(io.client, jobids.length > 0 ? { ...settings, jobids } : settings)) {
      if (event.change !== 'trouble') last.set(event.jobid, event)
      if (draw) draw(screen(io, last, event))
      else await printJson(io, event)
    }
  } catch (error) {
    if (!io.signal.aborted) return report(io, options, error)
    complain(io, options, 'aborted', 'Not watching any more. This stops no install: they go on as they are.')
    return Exit.interrupted
  } finally {
    draw?.done()
  }
  if (last.size === 0) complain(io, options, 'not_listed', 'No install is listed: there is nothing to watch.')
  return Math.max(Exit.done, ...[...last].map(([jobid, event]) => conclude(io, options, jobid, event)))
}

/** Says of a job what its last event leaves open. */
function conclude(io: Io, options: FollowOptions, jobid: number, event: InstallChange | undefined): number {
  const say = (code: string, message: string, more = `.\n${findOut}`) =>
    complain(io, options, code, `job ${jobid} ${message}${more}`, { jobid })
  if (!event) {
    say('never_seen', 'was in none of the first three answers: completed, dropped or never there')
    return Exit.unknown
  }
  const { change, install } = event
  if (change === 'gone') say('gone', `is not listed any more, last seen ${stateText(install)}`)
  const state = stateOf(install)
  if (change === 'gone' || state === 'Completed') return Exit.done
  const why = install.joberror ? `: ${install.joberror}` : ''
  if (state === 'Failed') say('failed', `failed${why}`, '')
  else say('squashed', `was squashed, probably replaced by a later one for the same target${why}`)
  return state === 'Failed' ? Exit.failed : Exit.unknown
}

const findOut = "The list does not say what became of it; the vendor's rollout status of the image may."

/** All jobs, and what is wrong at the moment. */
function screen(io: Io, last: ReadonlyMap<number, InstallChange | undefined>, event: InstallChange | Trouble): string {
  const lines = [...last].map(([jobid, seen]) => colored(io, `${jobid}  ${seen ? bar(seen) : 'not seen yet'}`))
  return [...lines, ...(event.change === 'trouble' ? [plain(event.error.message), 'Asking again.'] : [])].join('\n')
}

function bar({ install, change }: InstallChange): string {
  const percent = Math.min(100, Math.max(0, Math.round(Number(install.jobprogress) || 0)))
  const filled = Math.round(percent * 0.3)
  const state = change === 'gone' ? 'gone' : plain(stateText(install))
  return `${state.padEnd(9)} ${'█'.repeat(filled)}${'░'.repeat(30 - filled)} ${String(percent).padStart(3)} %`
}
