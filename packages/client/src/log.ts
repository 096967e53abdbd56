/** Something to log with: `console`, pino and most other loggers fit. */
export interface Logger {
  debug(details: object, message: string): void
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

/** Runs what only reports; that it fails must not lose a job that was queued. */
export function quietly(report: () => unknown): void {
  const settled = async () => report()
  settled().catch(() => {})
}
