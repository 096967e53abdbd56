/** Exit codes of the command. */
export const Exit = { done: 0, failed: 1, usage: 2, unknown: 3, interrupted: 130 } as const

/** The exit code for several jobs: the highest number counts. */
export const highest = (codes: readonly number[]): number =>
  codes.reduce((worst, code) => Math.max(worst, code), Exit.done)
