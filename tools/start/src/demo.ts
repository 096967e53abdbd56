import { type ClientOptions, createClient, isApiError, isMachineJob, isMirrorJob } from '@image-install-queue/client'

/**
 * Asks for a mirror job, a machine job and the error that arrives with status 200, and prints question and answer.
 *
 * @returns how many answers were not what the contract promises
 */
export async function demo(options: ClientOptions): Promise<number> {
  const clanforge = createClient(options)
  const questions = [
    { asks: { jobid: 1234, mirroring: true }, expects: 'a mirror job' },
    { asks: { jobid: 1234, mirroring: false }, expects: 'a machine job' },
    { asks: { jobid: 2001, mirroring: true }, expects: 'an error with status 200' },
  ]
  let failures = 0
  for (const { asks, expects } of questions) {
    const { kind, text } = await clanforge.queueImageInstall(asks).then(
      (job) => ({
        kind: isMirrorJob(job) ? 'a mirror job' : isMachineJob(job) ? 'a machine job' : 'another job',
        text: JSON.stringify(job),
      }),
      (error: unknown) => ({
        kind: isApiError(error) ? `an error with status ${error.status}` : 'another error',
        text: String(error),
      }),
    )
    if (kind !== expects) failures++
    console.log(
      `  ${kind === expects ? '✓' : '✗'} queueImageInstall(${JSON.stringify(asks)}): ${expects}\n      ${text}\n`,
    )
  }
  return failures
}
