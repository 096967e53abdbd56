import { type AnyCallError, isCallError } from '@image-install-queue/client'
import type { Io } from './io.ts'
import { describeError } from './messages.ts'
import { complain } from './output.ts'
import { WatchTimeoutError } from './poll.ts'

/** Exit codes of the command. */
export const Exit = { done: 0, failed: 1, usage: 2, unknown: 3, interrupted: 130 } as const

/** The exit code for several jobs: the highest number counts. */
export const highest = (codes: readonly number[]): number =>
  codes.reduce((worst, code) => Math.max(worst, code), Exit.done)

/** The command cannot start as it was called or configured. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Reports what went wrong and returns the exit code for it. Unexpected errors are rethrown. */
export function report(io: Io, error: unknown, jobid?: number): number {
  if (error instanceof UsageError) {
    complain(io, 'usage', error.message)
    return Exit.usage
  }
  if (error instanceof WatchTimeoutError) {
    complain(io, error.code, error.message, { jobids: error.jobids })
    return Exit.unknown
  }
  const about = jobid === undefined ? '' : `job ${jobid}: `
  if (error instanceof Error && 'syscall' in error && error.syscall === 'write') {
    // The reader closed the pipe, as `head` does: no message needed.
    if ('code' in error && error.code === 'EPIPE') return Exit.interrupted
    complain(io, 'output', `${about}the output could not be written: ${error.message}`, { jobid })
    return Exit.failed
  }
  if (!isCallError(error)) throw error
  const fields = { ...error.toJSON(), problems: undefined, jobid }
  complain(io, error.code, `${about}${describeError(error)}${nextStep(error)}`, fields)
  if (error.code === 'aborted') return Exit.interrupted
  if (error.code === 'configuration') return Exit.usage
  // A list request changes nothing, so its outcome does not matter.
  return error.outcome === 'unknown' && error.operation === 'queueImageInstall' ? Exit.unknown : Exit.failed
}

/** The next step, where the message has none. */
function nextStep(error: AnyCallError): string {
  if (error.code === 'configuration') return '\nFor setup: image-install-queue --help'
  const isDenied = error.code === 'api' && (error.status === 401 || error.status === 403)
  return isDenied ? '\nCheck the credentials, and that they have access to the account service.' : ''
}
