import type { Install } from '@image-install-queue/client'
import { stateOf } from './installs.ts'

/** How many jobs are in which phase. */
export interface Counts {
  readonly running: number
  readonly queued: number
  /** Created, Pending, in an unrecognized state, or not seen yet. */
  readonly waiting: number
}

/** Counts jobs by phase. */
export function countPhases(installs: Iterable<Install | undefined>): Counts {
  const counts = { running: 0, queued: 0, waiting: 0 }
  for (const install of installs) counts[phaseOf(install)] += 1
  return counts
}

/** The phase of a job that has not finished. */
export function phaseOf(install: Install | undefined): keyof Counts {
  const state = install && stateOf(install)
  if (state === 'Running') return 'running'
  return state === 'Queued' ? 'queued' : 'waiting'
}

/** Counts for a message, for example `2 running, 1 queued, 7 waiting`. */
export const describeCounts = ({ running, queued, waiting }: Counts): string =>
  `${running} running, ${queued} queued, ${waiting} waiting`
