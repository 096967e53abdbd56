import type { Install } from '@image-install-queue/client'
import { createLogUpdate } from 'log-update'
import stringWidth from 'string-width'
import { stateText } from './installs.ts'
import type { Io } from './io.ts'
import { describeError } from './messages.ts'
import { printText } from './output.ts'
import type { OpenJob, Poll, WatchEvent } from './poll.ts'
import { countPhases, describeCounts, describeEnd, phaseOf, progressTimes, span } from './progress.ts'
import { colored, cut, plain } from './terminal.ts'

/** Whether stdout is a terminal that can redraw lines. */
export const canRedraw = ({ stdout, env }: Io): boolean =>
  stdout.isTTY === true && !!stdout.rows && !!stdout.columns && env.TERM !== 'dumb' && !env.CI

/** Shows jobs on a terminal: those that finished stay above, the others are redrawn after each response. */
export function createScreen(io: Io) {
  // The cursor stays visible, so that it is not missing after Ctrl-Z.
  const draw = createLogUpdate(io.stdout, { showCursor: true })
  const start = Date.now()
  return {
    async show(poll: Poll): Promise<void> {
      const now = Date.now()
      const lasting = poll.events.flatMap(lastingLine)
      if (lasting.length > 0) {
        draw.clear()
        await printText(io, lasting)
      }
      const status = `${span(now - start)} elapsed, ${poll.finished.length} finished`
      const lines = frame(poll, io.stdout, status, now).map((line) => colored(io, line))
      draw(lines.join('\n'))
    },
    /** Leaves what is shown as it is. */
    close: (): void => draw.done(),
  }
}

/** The lines to redraw: as many open jobs as fit, the number of the others, and the error of the last request. */
function frame({ events, open }: Poll, { rows = 0, columns = 0 }: Io['stdout'], status: string, now: number): string[] {
  // An error wraps, since its reason is at the end. The status stays visible.
  const failure = events.find((event) => event.change === 'error')
  const message = failure ? `Retrying: ${plain(describeError(failure.error))}` : ''
  const error = cut(message, columns * Math.max(1, rows - 2))
  const errorRows = Math.ceil(stringWidth(error) / columns)
  // The cursor is below the last line, and the status is always shown.
  const room = Math.max(0, rows - 2 - errorRows)
  const advanced = (['running', 'queued', 'waiting'] as const).flatMap((phase) =>
    open.filter((job) => phaseOf(job) === phase),
  )
  const shown = open.length > room ? advanced.slice(0, room) : open
  const hidden = advanced.slice(shown.length)
  const more = hidden.length > 0 ? `and ${hidden.length} more: ${describeCounts(countPhases(hidden))}; ` : ''
  const lines = [...shown.map((job) => openLine(job, columns, now)), `${more}${status}`]
  return [...lines.map((line) => cut(line, columns)), ...(error ? [error] : [])]
}

/** The line of a job that has not finished, without a bar if there are not enough columns. */
function openLine({ jobid, install }: OpenJob, columns: number, now: number): string {
  if (!install) return `${jobid}  not seen yet`
  const percent = percentOf(install)
  const filled = Math.round(percent / 5)
  const state = `${jobid}  ${plain(stateText(install)).padEnd(9)}`
  const bar = `${'█'.repeat(filled)}${'░'.repeat(20 - filled)}`
  const progress = `${String(percent).padStart(3)} %  ${progressTimes(install, now)}`.trimEnd()
  const line = `${state} ${bar} ${progress}`
  return stringWidth(line) > columns ? `${state} ${progress}` : line
}

const percentOf = ({ jobprogress }: Install): number => Math.min(100, Math.max(0, Math.round(Number(jobprogress) || 0)))

/** The line of an event that stays above the redrawn lines: a job that finished, or a warning. */
function lastingLine(event: WatchEvent): string[] {
  if (event.change === 'warning') return [`warning: ${event.message}`]
  if (!('outcome' in event)) return []
  return [`${event.jobid}  ${describeEnd(event)}`]
}
