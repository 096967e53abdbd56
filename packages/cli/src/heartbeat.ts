import type { Install } from '@image-install-queue/client'
import { countPhases, describeCounts } from './counts.ts'
import type { Io } from './io.ts'
import { notice, type OutputOptions } from './output.ts'
import { span } from './times.ts'

/** Jobs of a watch at the moment. */
export interface WatchStatus {
  readonly open: readonly (Install | undefined)[]
  readonly finished: number
}

/** Reports at intervals on stderr that the watch continues. Returns a function that stops it. */
export function startHeartbeat(io: Io, options: OutputOptions, everyMs: number, status: () => WatchStatus): () => void {
  if (everyMs === 0) return () => {}
  const start = Date.now()
  const timer = setInterval(() => {
    const { open, finished } = status()
    const elapsedMs = Date.now() - start
    const counts = countPhases(open)
    const message = `still watching after ${span(elapsedMs)}: ${describeCounts(counts)}, ${finished} finished`
    notice(io, options, 'heartbeat', message, { elapsedMs, ...counts, finished })
  }, everyMs)
  return () => clearInterval(timer)
}
