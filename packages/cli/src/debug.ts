import type { ClientOptions } from '@image-install-queue/client'
import { inTermsOfCommand } from './failure.ts'
import type { Io } from './io.ts'
import { type OutputOptions, trace } from './output.ts'

/** A logger that writes a line per response and failed attempt to stderr: no query, no headers, no body. */
export function createDebugLogger(io: Io, options: OutputOptions): NonNullable<ClientOptions['logger']> {
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
