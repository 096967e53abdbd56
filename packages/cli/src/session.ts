import type { ClientOptions } from '@image-install-queue/client'
import type { Io, Process, Session } from './io.ts'
import { inTermsOfCommand } from './messages.ts'
import { checkProxy, liveHost } from './network.ts'
import { tell } from './output.ts'

/** Options of every command. */
export interface SessionOptions {
  readonly accountServiceId?: number
  /** In milliseconds. */
  readonly requestTimeout?: number
  readonly output?: 'table' | 'json'
  readonly json?: boolean
  readonly quiet?: boolean
  readonly debug?: boolean
}

/**
 * Creates the client of a command, and decides how to print.
 *
 * @throws {UsageError} if HTTPS_PROXY or CLANFORGE_BASE_URL is invalid
 */
export function startSession(process: Process, options: SessionOptions): Session {
  checkProxy(process.env)
  const host = liveHost(process.env)
  const { accountServiceId, requestTimeout, output, json, quiet = false, debug } = options
  const reportsJson = json === true || output === 'json'
  const printsJson = reportsJson || (output === undefined && !process.stdout.isTTY)
  const io: Io = { ...process, printsJson, reportsJson, quiet }
  const settings: ClientOptions = {
    ...(accountServiceId === undefined ? {} : { accountserviceid: accountServiceId }),
    ...(requestTimeout === undefined ? {} : { timeoutMs: requestTimeout }),
    ...(debug ? { logger: createDebugLogger(io) } : {}),
  }
  return { ...io, host, client: io.createClient(settings) }
}

/** A logger that writes a line per response and failed attempt to stderr: no query, no headers, no body. */
function createDebugLogger(io: Io): NonNullable<ClientOptions['logger']> {
  const log = (outcome: string) => (details: object, message: string) => {
    const { method, url, status, ms, attempt }: Readonly<Record<string, unknown>> = { ...details }
    const { host, pathname } = url === undefined ? {} : new URL(String(url))
    const result =
      host === undefined ? `${outcome}: ${inTermsOfCommand(message)}` : `${method} ${host} ${pathname} ${status}`
    const fields = { method, host, path: pathname, status, ms: Math.round(Number(ms)), attempt: Number(attempt) + 1 }
    tell(io, 'debug', `attempt ${fields.attempt}, ${fields.ms} ms: ${result}`, fields)
  }
  return { info: log('response'), warn: log('failed, retrying'), error: log('failed') }
}
