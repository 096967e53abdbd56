import { parseArgs } from 'node:util'
import { operations } from '../contract.ts'
import { isLoopback } from '../control.ts'
import { errorMessage } from '../message.ts'

export const usage = `usage: image-install-queue-mock [options]

  --port NUMBER        port to listen on, 0 for a free one (PORT, or 4010)
  --host ADDRESS       address to listen on (127.0.0.1)
  --control            allow /__mock/requests and faults to other machines
  --address-file FILE  write the URL to a file once it listens
  --no-sequences       always return the first step of a sequence
  --quiet              print no line per request
  --json               print log lines as JSON
  --version            print the versions of the mock and its contract
  --help               print this text

  --proxy URL          forward requests to a real host and validate them
  --live               allow a --proxy host other than this machine
  --errors             return 502 for violations; do not forward invalid requests
  --report FILE        write the violations that --proxy finds, as JSON`

const options = {
  port: { type: 'string' },
  host: { type: 'string', default: '127.0.0.1' },
  control: { type: 'boolean', default: false },
  'address-file': { type: 'string' },
  'no-sequences': { type: 'boolean', default: false },
  quiet: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  version: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
  proxy: { type: 'string' },
  live: { type: 'boolean', default: false },
  errors: { type: 'boolean', default: false },
  report: { type: 'string' },
} as const

/** An invalid flag or value. The message is one line that names it. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/**
 * Reads the command's flags and the environment variable `PORT`.
 *
 * @throws {UsageError} for an invalid flag or value
 */
export function readArgs(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { proxy, ...values } = parse(args)
  if (values.help || values.version) return { ...values, port: 0, upstream: undefined }
  if (values.host === '') throw new UsageError('--host requires an address.')
  if (values.report === '') throw new UsageError('--report requires a file name.')
  if (values['address-file'] === '') throw new UsageError('--address-file requires a file name.')
  const port = readPort(values.port, env.PORT)
  if (proxy !== undefined) return { ...values, port, upstream: readUpstream(proxy, values.live) }
  for (const flag of ['live', 'errors', 'report'] as const) {
    if (values[flag]) throw new UsageError(`--${flag} requires --proxy.`)
  }
  return { ...values, port, upstream: undefined }
}

function readPort(flag: string | undefined, variable: string | undefined): number {
  const text = flag ?? (variable || '4010')
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65_535) return port
  const name = flag === undefined ? `PORT=${text}` : `--port ${text}`
  throw new UsageError(`${name}: must be a number from 0 to 65535.`)
}

function readUpstream(text: string, live: boolean): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash) {
    throw new UsageError('--proxy requires a URL such as https://host.example, without a query.')
  }
  if (url.username || url.password)
    throw new UsageError('--proxy accepts no credentials: those of each request are forwarded.')
  if (isLoopback(url.hostname)) return url
  if (url.protocol !== 'https:')
    throw new UsageError(`--proxy ${url.href}: credentials are sent over HTTPS only, except to this machine.`)
  if (live) return url
  const real = operations.filter(({ isStateChanging }) => isStateChanging).map(({ summary }) => `"${summary}"`)
  const examples = `${real.slice(0, 3).join(', ')}${real.length > 3 ? ' and more' : ''}`
  const effects = real.length > 0 ? ` and requests have real effects (${examples})` : ''
  throw new UsageError(`--proxy ${url.href} is a live host${effects}. Pass --live to confirm.`)
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values
  } catch (error) {
    // Node's message continues with how to pass a value that looks like a flag.
    throw new UsageError(errorMessage(error).replace(/\.?(\s(To specify|Did you forget).*)?$/s, '.'))
  }
}
