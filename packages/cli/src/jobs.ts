/** More are not named in one message. */
export const namedAtMost = 10

/** The jobs, for a message: `job 1, 2, 3`, or the first ten and how many more. */
export function nameJobs(jobids: readonly number[]): string {
  const more = jobids.length > namedAtMost ? ` and ${jobids.length - namedAtMost} more` : ''
  return `job ${jobids.slice(0, namedAtMost).join(', ')}${more}`
}
