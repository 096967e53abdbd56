import type { Io } from './io.ts'
import { notice, type OutputOptions } from './output.ts'
import type { Poll } from './poll.ts'
import { countPhases, describeCounts, span } from './progress.ts'

/** Jobs of a watch at the moment. */
export interface WatchStatus {
  readonly open: Poll['open']
  readonly finished: number
}

/** Reports at intervals on stderr that the watch continues. Returns a function that stops it. */
export function startHeartbeat(io: Io, options: OutputOptions, everyMs: number, status: () => WatchStatus): () => void {
  if (everyMs === 0) return () => {}
  const start = Date.now()
  const timer = setInterval(() => {
    const { open, finished } = status()
    const elapsedMs = Date.now() - start
    const counts = countPhases(open.values())
    const message = `still watching after ${span(elapsedMs)}: ${describeCounts(counts)}, ${finished} finished`
    notice(io, options, 'heartbeat', message, { elapsedMs, ...counts, finished })
  }, everyMs)
  return () => clearInterval(timer)
}
