/** Something to log with: `console`, pino and most other loggers fit. */
export interface Logger {
  debug(details: object, message: string): void
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

export type Log = (level: keyof Logger, details: object, message: string) => void

/** A logger that cannot make a call fail. */
export const safeLog =
  (logger: Logger | undefined): Log =>
  (level, details, message) => {
    try {
      logger?.[level](details, message)
    } catch {
      // A job that was queued must not be lost to a broken logger.
    }
  }
