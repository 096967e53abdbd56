import { parseArgs } from 'node:util'

export const usage = `usage: image-install-queue-mock [options]

  --port NUMBER   port to listen on, 0 for a free one (4010)
  --host ADDRESS  address to listen on (127.0.0.1, which only this machine reaches)
  --quiet         no line per request
  --json          log lines as JSON
  --version       versions of the mock and of its contract
  --help          this text`

const options = {
  port: { type: 'string', default: '4010' },
  host: { type: 'string', default: '127.0.0.1' },
  quiet: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  version: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

/** A flag or value is wrong. The message is one line that names it. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/**
 * Reads the command's flags.
 *
 * @throws {UsageError} for a flag or value that is wrong
 */
export function readArgs(args: readonly string[]) {
  const values = parse(args)
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN
  if (!(port <= 65_535)) throw new UsageError(`--port ${values.port}: a port is a number from 0 to 65535.`)
  return { ...values, port }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    // Node's message goes on to explain how to pass what looks like a flag as a value.
    throw new UsageError(error.message.split('. ')[0] ?? error.message)
  }
}
