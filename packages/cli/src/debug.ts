import type { ClientOptions } from '@image-install-queue/client'
import type { Io } from './io.ts'
import { type OutputOptions, trace } from './output.ts'

/** A logger that writes a line per response, retry and failed request to stderr: no query, no headers, no body. */
export function createDebugLogger(io: Io, options: OutputOptions): NonNullable<ClientOptions['logger']> {
  const log = (details: object) => {
    const { method, url, status, code, ms, attempt }: Readonly<Record<string, unknown>> = { ...details }
    const { host, pathname } = new URL(String(url))
    trace(io, options, {
      ...{ method, host, path: pathname, result: status ?? code },
      ...{ ms: Math.round(Number(ms)), attempt: Number(attempt) + 1 },
    })
  }
  return { info: log, warn: log, error: log }
}
