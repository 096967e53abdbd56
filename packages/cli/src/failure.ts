import { isCallError } from '@image-install-queue/client'
import { complain, Exit, type Io, type OutputOptions } from './io.ts'
import { nameJobs } from './jobs.ts'
import { WatchTimeoutError } from './poll.ts'

/** How to look up a job whose outcome is unknown. */
export const checkWithList = 'Check with: image-install-queue list'

/** Reports what went wrong and returns the exit code for it. Unexpected errors are rethrown. */
export function report(io: Io, output: OutputOptions, error: unknown, jobid?: number): number {
  if (error instanceof WatchTimeoutError) {
    const open = error.jobids.length > 1 ? `\nNot finished: ${nameJobs(error.jobids)}` : ''
    complain(io, output, error.code, `${error.message}${open}`, error)
    return Exit.unknown
  }
  const about = jobid === undefined ? '' : `job ${jobid}: `
  if (error instanceof Error && 'syscall' in error && error.syscall === 'write') {
    // The reader has enough, as with `head`: no message needed.
    if ('code' in error && error.code === 'EPIPE') return Exit.interrupted
    complain(io, output, 'output', `${about}the output could not be written: ${error.message}`, { jobid })
    return Exit.failed
  }
  if (!isCallError(error)) throw error
  // After a failed list request nothing is unknown except the list.
  const isUnknown = error.outcome === 'unknown' && error.operation === 'queueImageInstall'
  const setUp = error.code === 'configuration' ? ['For setup: image-install-queue --help'] : []
  const lines = [`${about}${error.message}`, ...(isUnknown ? [checkWithList] : setUp)]
  complain(io, output, error.code, lines.join('\n'), { ...error.toJSON(), jobid })
  if (error.code === 'aborted') return Exit.interrupted
  if (error.code === 'configuration') return Exit.usage
  return isUnknown ? Exit.unknown : Exit.failed
}
