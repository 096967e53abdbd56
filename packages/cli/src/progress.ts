import type { Install } from '@image-install-queue/client'
import { stateOf, stateText, stateWithError } from './installs.ts'
import type { JobFinished, OpenJob } from './poll.ts'

const units = [
  ['y', 365 * 24 * 3_600],
  ['d', 24 * 3_600],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
] as const

/** A time span with its largest units, at most two, for example `2h 5m` or `45s`. */
export function span(ms: number, unitsAtMost = 2): string {
  let seconds = Math.floor(Math.max(0, ms) / 1_000)
  const first = units.findIndex(([, size]) => seconds >= size)
  if (first === -1) return '0s'
  const parts = units.slice(first, first + unitsAtMost).map(([unit, size]) => {
    const count = Math.floor(seconds / size)
    seconds -= count * size
    return count > 0 ? `${count}${unit}` : ''
  })
  return parts.filter(Boolean).join(' ')
}

/** Milliseconds since a Unix time in seconds; `undefined` if the value is missing, or later than the clock of this machine. */
function since(time: unknown, now: number): number | undefined {
  const ms = now - Number(time) * 1_000
  return time && ms >= 0 && ms < now ? ms : undefined
}

/** How long ago a Unix time was, with its largest unit. */
export function ago(time: unknown, now: number): string {
  const ms = since(time, now)
  return ms === undefined ? '' : span(ms, 1)
}

/** Time since the job was created, and time left by its estimate, for example `12m elapsed, 9m left`. */
export function progressTimes({ jobcreated, jobeta }: Install, now: number): string {
  const elapsed = since(jobcreated, now)
  const left = jobeta ? Number(jobeta) * 1_000 - now : 0
  return [elapsed === undefined ? '' : `${span(elapsed)} elapsed`, left > 0 ? `${span(left)} left` : '']
    .filter(Boolean)
    .join(', ')
}

/** How many jobs are in which phase. */
export interface Counts {
  readonly running: number
  readonly queued: number
  /** Created, Pending, in an unrecognized state, or not seen yet. */
  readonly waiting: number
}

/** Counts jobs by phase. */
export function countPhases(jobs: Iterable<OpenJob>): Counts {
  const counts = { running: 0, queued: 0, waiting: 0 }
  for (const job of jobs) counts[phaseOf(job)] += 1
  return counts
}

/** The phase of a job that has not finished. */
export function phaseOf({ install }: OpenJob): keyof Counts {
  const state = install && stateOf(install)
  if (state === 'Running') return 'running'
  return state === 'Queued' ? 'queued' : 'waiting'
}

/** Counts for a message, for example `2 running, 1 queued, 7 waiting`. */
export const describeCounts = ({ running, queued, waiting }: Counts): string =>
  `${running} running, ${queued} queued, ${waiting} waiting`

/** How a job finished, for example `Failed (no space)`. */
export function describeEnd({ change, install }: JobFinished): string {
  if (!install) return 'not found'
  return change === 'gone' ? `gone, last seen ${stateText(install)}` : stateWithError(install)
}
