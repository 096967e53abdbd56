import { parseArgs } from 'node:util'

const usage = `usage: npx -y pnpm@12 start [options]

Builds everything, serves it and makes four calls.

  --once    end after the four calls
  --help    print this

PORT=4011 in the environment takes another port than 4010.`

/**
 * Reads the arguments, and says on the console what is to be said of them.
 *
 * @returns what was asked for, or the exit code to end with at once
 */
export function readArgs(args: readonly string[]): { readonly once: boolean } | number {
  const options = { once: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } as const
  try {
    const { values } = parseArgs({ args: [...args], options })
    if (!values.help) return { once: values.once }
    console.log(usage)
    return 0
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const [reason] = error.message.split('. ')
    console.error(`${reason}. Known are --once and --help.`)
    return 2
  }
}
