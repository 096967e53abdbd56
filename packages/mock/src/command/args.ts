import { parseArgs } from 'node:util'
import { operations } from '../contract.ts'
import { reasonOf } from '../message.ts'

export const usage = `usage: image-install-queue-mock [options]

  --port NUMBER   port to listen on, 0 for a free one (4010)
  --host ADDRESS  address to listen on (127.0.0.1, which only this machine reaches)
  --no-sequences  each time the first answer of a sequence
  --quiet         no line per request
  --json          log lines as JSON
  --version       versions of the mock and of its contract
  --help          this text

  --proxy URL     pass calls on to a real host and check them and its answers against the contract
  --live          allow --proxy to a host that is not this machine
  --errors        answer with a 502 what breaks the contract; a request that does is not passed on
  --report FILE   write what --proxy finds to a file, as JSON`

const options = {
  port: { type: 'string', default: '4010' },
  host: { type: 'string', default: '127.0.0.1' },
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
  const { proxy, ...values } = parse(args)
  if (values.help || values.version) return { ...values, port: 0, upstream: undefined }
  if (values.host === '') throw new UsageError('--host takes an address.')
  if (values.report === '') throw new UsageError('--report takes the name of a file.')
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN
  if (!(port <= 65_535)) throw new UsageError(`--port ${values.port}: a port is a number from 0 to 65535.`)
  if (proxy !== undefined) return { ...values, port, upstream: readUpstream(proxy, values.live) }
  for (const flag of ['live', 'errors', 'report'] as const) {
    if (values[flag]) throw new UsageError(`--${flag} goes with --proxy.`)
  }
  return { ...values, port, upstream: undefined }
}

/** Whether a host name means this machine. */
export function isLoopback(host: string): boolean {
  return /^(127(\.\d+){3}|(.*\.)?localhost|::1|\[::1\])$/.test(host)
}

function readUpstream(text: string, live: boolean): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash) {
    throw new UsageError('--proxy takes an address such as https://host.example, without a query.')
  }
  if (url.username || url.password)
    throw new UsageError('--proxy takes no credentials: those of each call are passed on.')
  if (isLoopback(url.hostname)) return url
  if (url.protocol !== 'https:')
    throw new UsageError(`--proxy ${url.href}: credentials go over https only, or to this machine.`)
  if (live) return url
  const real = operations.filter(({ isStateChanging }) => isStateChanging).map(({ summary }) => `"${summary}"`)
  const examples = `${real.slice(0, 3).join(', ')}${real.length > 3 ? ' and more' : ''}`
  const warning = real.length > 0 ? `what is asked is really done there (${examples})` : 'calls are real there'
  throw new UsageError(`--proxy ${url.href} is a live host: ${warning}. Add --live if that is meant.`)
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values
  } catch (error) {
    // Node's message goes on to explain how to pass what looks like a flag as a value.
    throw new UsageError(reasonOf(error).replace(/\.?(\s(To specify|Did you forget).*)?$/s, '.'))
  }
}
