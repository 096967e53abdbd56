import { type ClientOptions, createClient, isApiError, isMachineJob, isMirrorJob } from '@image-install-queue/client'

/**
 * Asks for a mirror job, a machine job and the error that arrives with status 200, and prints question and answer.
 *
 * @returns how many answers were not what the contract promises
 */
export async function demo(options: ClientOptions): Promise<number> {
  const clanforge = createClient(options)
  const questions = [
    {
      asks: { jobid: 1234, mirroring: true },
      expects: 'a mirror job',
      holds: (answer: unknown) => isMirrorJob(answer),
    },
    {
      asks: { jobid: 1234, mirroring: false },
      expects: 'a machine job',
      holds: (answer: unknown) => isMachineJob(answer),
    },
    {
      asks: { jobid: 2001, mirroring: true },
      expects: 'an error although the status is 200',
      holds: (answer: unknown) => isApiError(answer) && answer.status === 200,
    },
  ]
  let failures = 0
  for (const { asks, expects, holds } of questions) {
    const answer: unknown = await clanforge.queueImageInstall(asks).catch((error: unknown) => error)
    const right = holds(answer)
    if (!right) failures++
    console.log(`  ${right ? '✓' : '✗'} queueImageInstall(${JSON.stringify(asks)}): ${expects}`)
    console.log(`      ${answer instanceof Error ? `${answer.name}: ${answer.message}` : JSON.stringify(answer)}\n`)
  }
  return failures
}
