import { isCallError } from '@image-install-queue/client'
import { complain, Exit, type Io, type OutputOptions } from './io.ts'
import { WatchTimeoutError } from './watch.ts'

/** With what to find out what became of a job. */
const howToFindOut = 'To find out: image-install-queue list'

/** Says what went wrong, and with which number the command ends for it. What nobody foresaw is thrown on. */
export function report(io: Io, output: OutputOptions, error: unknown, jobid?: number): number {
  if (error instanceof WatchTimeoutError) {
    complain(io, output, error.code, `${error.message}.\n${howToFindOut}`, error)
    return Exit.unknown
  }
  const about = jobid === undefined ? '' : `job ${jobid}: `
  if (error instanceof Error && 'syscall' in error && error.syscall === 'write') {
    // Who has read enough, like `head`, needs no words.
    if ('code' in error && error.code === 'EPIPE') return Exit.interrupted
    complain(io, output, 'output', `${about}the output could not be written: ${error.message}`, { jobid })
    return Exit.failed
  }
  if (!isCallError(error)) throw error
  // A list that failed leaves nothing unknown but the list.
  const isOpen = error.outcome === 'unknown' && error.operation === 'queueImageInstall'
  // The client may name options that only programs have.
  const setUp = error.code === 'configuration' ? ['How this command is set up: image-install-queue --help'] : []
  const lines = [`${about}${error.message}`, ...(isOpen ? [howToFindOut] : setUp)]
  complain(io, output, error.code, lines.join('\n'), { ...error.toJSON(), jobid })
  if (error.code === 'aborted') return Exit.interrupted
  if (error.code === 'configuration') return Exit.usage
  return isOpen ? Exit.unknown : Exit.failed
}
