import type { Install } from '@image-install-queue/client'

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

/** How long ago the job was created. */
export const ageOf = ({ jobcreated }: Install, now: number): string => optionalSpan(since(jobcreated, now))

/** How long ago the job was updated. */
export const updatedOf = ({ jobupdated }: Install, now: number): string => optionalSpan(since(jobupdated, now))

const optionalSpan = (ms: number | undefined): string => (ms === undefined ? '' : span(ms, 1))

/** Time since the job was created, and time left by its estimate, for example `12m elapsed, 9m left`. */
export function progressTimes({ jobcreated, jobeta }: Install, now: number): string {
  const elapsed = since(jobcreated, now)
  const left = jobeta ? Number(jobeta) * 1_000 - now : 0
  return [elapsed === undefined ? '' : `${span(elapsed)} elapsed`, left > 0 ? `${span(left)} left` : '']
    .filter(Boolean)
    .join(', ')
}
