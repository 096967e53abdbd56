import { describeError } from './failure.ts'
import { hasEnded, stateText } from './installs.ts'
import type { Io } from './io.ts'
import { type OutputOptions, print, warn } from './output.ts'
import type { WatchEvent } from './poll.ts'
import { describeEnd, progressTimes } from './progress.ts'
import type { View } from './view.ts'

/** Shows a watch as one line per event, as text or JSON. With `--quiet` only jobs that finished are shown. */
export function createLines(io: Io, options: OutputOptions): View {
  return {
    async show({ events }) {
      for (const event of events) if (event.change === 'warning') warn(io, options, event.message)
      const shown = events.filter((event) => (options.quiet ? 'outcome' in event : event.change !== 'warning'))
      const now = Date.now()
      return print(io, options, shown.map(jsonOf), () => shown.flatMap((event) => textOf(event, now)))
    },
    close: () => {},
  }
}

/** An event for JSON, with the message that a person would read. */
const jsonOf = (event: WatchEvent): object =>
  event.change === 'error'
    ? { ...event, error: { ...event.error.toJSON(), message: describeError(event.error) } }
    : event

/** An event as text. */
function textOf(event: WatchEvent, now: number): string[] {
  if (event.change === 'warning') return []
  if (event.change === 'error') return [`Retrying: ${describeError(event.error)}`]
  if ('outcome' in event) return [`job ${event.jobid}: ${describeEnd(event)}`]
  const { jobid, change, install } = event
  // The next event shows how it ended.
  if (change === 'appeared' && hasEnded(install)) return []
  const progress = install.jobprogress ? `${install.jobprogress} %` : ''
  return [[`job ${jobid}: ${stateText(install)}`, progress, progressTimes(install, now)].filter(Boolean).join(', ')]
}
