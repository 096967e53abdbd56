import { type AnyCallError, isCallError } from '@image-install-queue/client'
import { describeConfiguration } from './configuration.ts'
import { Exit } from './exit.ts'
import type { Io } from './io.ts'
import { complain, type OutputOptions } from './output.ts'
import { WatchTimeoutError } from './poll.ts'

/** How to look up a job whose outcome is unknown. */
export const checkWithList = 'Check with `image-install-queue list`.'

/** The command cannot start as it was called or configured. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Reports what went wrong and returns the exit code for it. Unexpected errors are rethrown. */
export function report(io: Io, options: OutputOptions, error: unknown, jobid?: number): number {
  if (error instanceof UsageError) {
    complain(io, options, 'usage', error.message)
    return Exit.usage
  }
  if (error instanceof WatchTimeoutError) {
    complain(io, options, error.code, error.message, { jobids: error.jobids })
    return Exit.unknown
  }
  const about = jobid === undefined ? '' : `job ${jobid}: `
  if (error instanceof Error && 'syscall' in error && error.syscall === 'write') {
    // The reader closed the pipe, as `head` does: no message needed.
    if ('code' in error && error.code === 'EPIPE') return Exit.interrupted
    complain(io, options, 'output', `${about}the output could not be written: ${error.message}`, { jobid })
    return Exit.failed
  }
  if (!isCallError(error)) throw error
  // A list request changes nothing, so its outcome does not matter.
  const isUnknown = error.outcome === 'unknown' && error.operation === 'queueImageInstall'
  const fields = { ...error.toJSON(), problems: undefined, jobid }
  complain(io, options, error.code, `${about}${describeError(error)}${nextStep(error)}`, fields)
  if (error.code === 'aborted') return Exit.interrupted
  if (error.code === 'configuration') return Exit.usage
  return isUnknown ? Exit.unknown : Exit.failed
}

/** The next step, where the message has none. */
function nextStep(error: AnyCallError): string {
  if (error.code === 'configuration') return '\nFor setup: image-install-queue --help'
  const isDenied = error.code === 'api' && (error.status === 401 || error.status === 403)
  return isDenied ? '\nCheck the credentials, and that they have access to the account service.' : ''
}

/** The message of an error of the client, in terms of the command line. */
export const describeError = (error: AnyCallError): string =>
  error.code === 'configuration' ? describeConfiguration(error) : inTermsOfCommand(error.message)

/** A message of the client with commands in place of methods, and variables in place of options. */
export const inTermsOfCommand = (message: string): string =>
  message
    .replace(/^(listImageInstalls|queueImageInstall): /, '')
    .replaceAll('`listImageInstalls`', '`image-install-queue list`')
    .replace('Check the base URL.', 'Check CLANFORGE_BASE_URL.')
