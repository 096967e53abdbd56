import { parseArgs } from 'node:util'

const usage = `usage: npx -y pnpm@12 start [options]

Builds everything, serves it and makes four calls.

  --once    end after the four calls
  --help    print this

PORT=4011 in the environment takes another port than 4010.`

/** What `pnpm start` was asked for. */
export interface Asked {
  readonly once: boolean
  readonly port: number
}

/**
 * Reads the arguments and `PORT`, and says on the console what is to be said of them.
 *
 * @returns what was asked for, or the exit code to end with at once
 */
export function readArgs(args: readonly string[], { PORT = '4010' }: NodeJS.ProcessEnv): Asked | number {
  const options = { once: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } as const
  try {
    const { values } = parseArgs({ args: [...args], options })
    if (values.help) {
      console.log(usage)
      return 0
    }
    if (/^\d{1,5}$/.test(PORT) && Number(PORT) <= 65535) return { once: values.once, port: Number(PORT) }
    console.error(`PORT=${PORT} is not a port: use a whole number from 0 to 65535.`)
    return 2
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const [reason] = error.message.split('. ')
    console.error(`${reason}. Known are --once and --help.`)
    return 2
  }
}
