import type { ClientOptions } from '@image-install-queue/client'
import { UsageError } from './exit.ts'
import type { Io, Session } from './io.ts'
import { inTermsOfCommand } from './messages.ts'
import { type OutputOptions, trace } from './output.ts'
import { proxyProblem } from './proxy.ts'

/** API options of every command. */
export interface SessionOptions extends OutputOptions {
  readonly accountServiceId?: number
  /** In milliseconds. */
  readonly requestTimeout?: number
  readonly debug?: boolean
}

/**
 * Creates the client of a command.
 *
 * @throws {UsageError} if HTTPS_PROXY is no address
 */
export function startSession(io: Io, options: SessionOptions): Session {
  const problem = proxyProblem(io.env)
  if (problem !== undefined) throw new UsageError(problem)
  const { accountServiceId, requestTimeout, debug } = options
  const settings: ClientOptions = {
    ...(accountServiceId === undefined ? {} : { accountserviceid: accountServiceId }),
    ...(requestTimeout === undefined ? {} : { timeoutMs: requestTimeout }),
    ...(debug ? { logger: createDebugLogger(io, options) } : {}),
  }
  return { ...io, client: io.createClient(settings) }
}

/** A logger that writes a line per response and failed attempt to stderr: no query, no headers, no body. */
function createDebugLogger(io: Io, options: OutputOptions): NonNullable<ClientOptions['logger']> {
  const log = (outcome: string) => (details: object, message: string) => {
    const { method, url, status, ms, attempt }: Readonly<Record<string, unknown>> = { ...details }
    const { host, pathname } = url === undefined ? {} : new URL(String(url))
    const result =
      host === undefined ? `${outcome}: ${inTermsOfCommand(message)}` : `${method} ${host} ${pathname} ${status}`
    const fields = { method, host, path: pathname, status, ms: Math.round(Number(ms)), attempt: Number(attempt) + 1 }
    trace(io, options, `attempt ${fields.attempt}, ${fields.ms} ms: ${result}`, fields)
  }
  return { info: log('response'), warn: log('failed, retrying'), error: log('failed') }
}
