import { createInterface } from 'node:readline'
import { UsageError } from './exit.ts'
import type { Session } from './io.ts'
import { missingAccount, namedAtMost } from './messages.ts'
import { plain } from './terminal.ts'

/** Whether no confirmation is needed, or there is a terminal to ask for it. */
export const canAsk = ({ host, stdin, stderr }: Session): boolean =>
  host === undefined || (stdin.isTTY === true && stderr.isTTY === true)

/**
 * Shows the effect on game servers and asks for confirmation, unless the host is this machine.
 *
 * @param jobs a line for each job
 * @throws {UsageError} without an account service, which a command without a lookup has not needed so far
 */
export async function confirm(
  io: Session,
  jobs: readonly string[],
  accountServiceId: number | undefined,
): Promise<boolean> {
  const { host, stdin: input, stderr: output, signal } = io
  if (host === undefined) return true
  const account = accountServiceId ?? io.env.CLANFORGE_ACCOUNT_SERVICE_ID
  if (!account) throw new UsageError(missingAccount)
  const count = jobs.length === 1 ? 'one install' : `${jobs.length} installs`
  const more = jobs.length > namedAtMost ? [`and ${jobs.length - namedAtMost} more`] : []
  const lines = [...jobs.slice(0, namedAtMost), ...more].map((line) => `  ${plain(line)}\n`)
  output.write(`This queues ${count} on ${host}, account service ${plain(account)}:
${lines.join('')}While an install runs, the game servers that are configured to use its image
are locked: they neither start nor stop until it ends.
`)
  // The terminal keeps its own line editing, and Ctrl-C its meaning.
  const reader = createInterface({ input, output, terminal: false, signal })
  try {
    return await new Promise((resolve) => {
      reader.once('close', () => resolve(false))
      reader.question('Queue? [y/N] ', (answer) => resolve(/^y(es)?$/i.test(answer.trim())))
    })
  } finally {
    reader.close()
  }
}
