import { type Install, isCallError } from '@image-install-queue/client'
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
      else await printJson(io, printable(event))
    }
  } catch (error) {
    if (!io.signal.aborted) return report(io, options, error)
    complain(io, options, 'Not watching any more. This stops no install: they go on as they are.', { code: 'aborted' })
    return Exit.interrupted
  } finally {
    draw?.done()
  }
  if (last.size === 0) complain(io, options, 'No install is listed: there is nothing to watch.')
  return Math.max(Exit.done, ...[...last].map(([jobid, event]) => conclude(io, options, jobid, event)))
}

/** Says of a job what its last event leaves open. */
function conclude(io: Io, options: FollowOptions, jobid: number, event: InstallChange | undefined): number {
  const say = (message: string, code: string) => complain(io, options, message, { code, jobid })
  if (!event) {
    say(
      `job ${jobid} was in none of the first three answers: completed, dropped or never there.\n${findOut}`,
      'never_seen',
    )
    return Exit.unknown
  }
  const state = stateOf(event.install)
  if (event.change === 'gone') {
    say(`job ${jobid} is not listed any more, last seen ${stateText(event.install)}.\n${findOut}`, 'gone')
    return Exit.done
  }
  if (state === 'Completed') return Exit.done
  const why = event.install.joberror ? `: ${event.install.joberror}` : ''
  if (state === 'Failed') say(`job ${jobid} failed${why}`, 'failed')
  else
    say(
      `job ${jobid} was squashed, probably replaced by a later one for the same target${why}.\n${findOut}`,
      'squashed',
    )
  return state === 'Failed' ? Exit.failed : Exit.unknown
}

const findOut = "The list does not say what became of it; the vendor's rollout status of the image may."

const printable = (event: InstallChange | Trouble): object =>
  event.change === 'trouble' && isCallError(event.error) ? { ...event, error: event.error.toJSON() } : event

/** All jobs, and what is wrong at the moment. */
function screen(io: Io, last: ReadonlyMap<number, InstallChange | undefined>, event: InstallChange | Trouble): string {
  const lines = [...last].map(([jobid, seen]) => colored(io, `${jobid}  ${seen ? bar(seen) : 'not seen yet'}`))
  return [...lines, ...(event.change === 'trouble' ? [troubleText(event), 'Asking again.'] : [])].join('\n')
}

const troubleText = ({ error }: Trouble): string => plain(error instanceof Error ? error.message : error)

function bar({ install, change }: InstallChange): string {
  const percent = progressOf(install)
  const filled = Math.round(percent * 0.3)
  const state = change === 'gone' ? 'gone' : plain(stateText(install))
  return `${state.padEnd(9)} ${'█'.repeat(filled)}${'░'.repeat(30 - filled)} ${String(percent).padStart(3)} %`
}

const progressOf = ({ jobprogress }: Install): number =>
  Math.min(100, Math.max(0, Math.round(Number(jobprogress) || 0)))
