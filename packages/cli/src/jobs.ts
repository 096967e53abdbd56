/** More are not named in one message. */
export const namedAtMost = 10

/** Jobs for a message: `job 1`, or `jobs 1, 2, 3 and 4 more`. */
export function nameJobs(jobids: readonly number[]): string {
  if (jobids.length === 1) return `job ${jobids[0]}`
  const more = jobids.length > namedAtMost ? ` and ${jobids.length - namedAtMost} more` : ''
  return `jobs ${jobids.slice(0, namedAtMost).join(', ')}${more}`
}
