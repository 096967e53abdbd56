import type { ClientOptions } from '@image-install-queue/client'
import { createDebugLogger } from './debug.ts'
import { UsageError } from './failure.ts'
import { addressProblem } from './host.ts'
import type { Io, Session } from './io.ts'
import type { OutputOptions } from './output.ts'
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
 * @throws {UsageError} if an environment variable is not the address that it must be
 */
export function startSession(io: Io, options: SessionOptions): Session {
  const problem = addressProblem(io) ?? proxyProblem(io.env)
  if (problem !== undefined) throw new UsageError(problem)
  const { accountServiceId, requestTimeout, debug } = options
  const settings: ClientOptions = {
    ...(accountServiceId === undefined ? {} : { accountserviceid: accountServiceId }),
    ...(requestTimeout === undefined ? {} : { timeoutMs: requestTimeout }),
    ...(debug ? { logger: createDebugLogger(io, options) } : {}),
  }
  return { ...io, client: io.createClient(settings) }
}
