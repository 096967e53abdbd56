import { hasEnded, stateText } from './installs.ts'
import type { Io } from './io.ts'
import { describeError } from './messages.ts'
import { notice, type OutputOptions, print, warn } from './output.ts'
import type { Poll, WatchEvent } from './poll.ts'
import { countPhases, describeCounts, describeEnd, progressTimes, span } from './progress.ts'

/** Output options of a watch. */
export interface LinesOptions extends OutputOptions {
  /** In milliseconds. 0 turns the heartbeat off. */
  readonly heartbeat: number
}

/**
 * Shows a watch as one line per event, as text or JSON, and reports at intervals on stderr that it continues. With
 * `--quiet` only jobs that finished are shown.
 */
export function createLines(io: Io, options: LinesOptions) {
  const start = Date.now()
  let last: Poll = { events: [], open: [], finished: [] }
  const beat = () => {
    const elapsedMs = Date.now() - start
    const counts = countPhases(last.open)
    const finished = last.finished.length
    const message = `still watching after ${span(elapsedMs)}: ${describeCounts(counts)}, ${finished} finished`
    notice(io, options, 'heartbeat', message, { elapsedMs, ...counts, finished })
  }
  const heartbeat = options.heartbeat > 0 ? setInterval(beat, options.heartbeat) : undefined
  return {
    async show(poll: Poll): Promise<void> {
      last = poll
      for (const event of poll.events) if (event.change === 'warning') warn(io, options, event.message)
      const shown = poll.events.filter((event) => (options.quiet ? 'outcome' in event : event.change !== 'warning'))
      const now = Date.now()
      return print(io, options, shown.map(jsonOf), () => shown.flatMap((event) => textOf(event, now)))
    },
    close: (): void => clearInterval(heartbeat),
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
