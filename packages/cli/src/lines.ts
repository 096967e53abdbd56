import { hasEnded, stateText } from './installs.ts'
import type { Io } from './io.ts'
import { describeError } from './messages.ts'
import { print, tell } from './output.ts'
import type { ListWarning, Poll, WatchEvent } from './poll.ts'
import { countPhases, describeCounts, describeEnd, progressTimes, span } from './progress.ts'

/**
 * Shows a watch as one line per event, as text or JSON, and reports at intervals on stderr that it continues. With
 * `--quiet` only jobs that finished are shown.
 *
 * @param heartbeatMs 0 turns the reports off
 */
export function createLines(io: Io, heartbeatMs: number) {
  const start = Date.now()
  let last: Poll = { events: [], open: [], finished: [] }
  const beat = () => {
    const elapsedMs = Date.now() - start
    const counts = countPhases(last.open)
    const finished = last.finished.length
    const message = `still watching after ${span(elapsedMs)}: ${describeCounts(counts)}, ${finished} finished`
    tell(io, 'notice', message, { code: 'heartbeat', elapsedMs, ...counts, finished })
  }
  const heartbeat = heartbeatMs > 0 ? setInterval(beat, heartbeatMs) : undefined
  return {
    async show(poll: Poll): Promise<void> {
      last = poll
      for (const event of poll.events) if (event.change === 'warning') tell(io, 'warning', event.message)
      const changes = poll.events.filter((event) => event.change !== 'warning')
      const shown = io.quiet ? changes.filter((event) => 'outcome' in event) : changes
      const now = Date.now()
      return print(io, shown.map(jsonOf), () => shown.flatMap((event) => textOf(event, now)))
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
function textOf(event: Exclude<WatchEvent, ListWarning>, now: number): string[] {
  if (event.change === 'error') return [`Retrying: ${describeError(event.error)}`]
  if ('outcome' in event) return [`job ${event.jobid}: ${describeEnd(event)}`]
  const { jobid, change, install } = event
  // The next event shows how it ended.
  if (change === 'appeared' && hasEnded(install)) return []
  const progress = install.jobprogress ? `${install.jobprogress} %` : ''
  return [[`job ${jobid}: ${stateText(install)}`, progress, progressTimes(install, now)].filter(Boolean).join(', ')]
}
