import type { OperationEntry } from './contract.ts'

/** Something to log with: `console`, pino and most other loggers fit. */
export interface Logger {
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

/** Runs what only reports; that it fails must not lose a job that was queued. */
export function quietly(report: () => unknown): void {
  const settled = async () => report()
  settled().catch(() => {})
}

/** Logs what becomes of an attempt. */
export type Report = (level: 'info' | 'warn' | 'error', details: object, message: string) => void

/** @param attempt counted from 0; its time starts here */
export function reporter(logger: Logger, { name, method, path }: OperationEntry, attempt: number): Report {
  const start = performance.now()
  return (level, details, message) => {
    const ms = performance.now() - start
    quietly(() => logger[level]({ operation: name, method, path, attempt, ms, ...details }, message))
  }
}
