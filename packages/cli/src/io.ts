import { stripVTControlCharacters } from 'node:util'
import type { Client } from '@image-install-queue/client'

/** A stream that may be a terminal. */
type Terminal<Stream> = Stream & { readonly isTTY?: boolean; readonly columns?: number }

/** What a command works with: the process's own, or a test's. */
export interface Io {
  readonly client: Client
  readonly stdin: Terminal<NodeJS.ReadableStream>
  readonly stdout: Terminal<NodeJS.WritableStream>
  readonly stderr: Terminal<NodeJS.WritableStream>
  readonly env: Readonly<Record<string, string | undefined>>
  /** Aborts on Ctrl-C, and when the process is told to end. */
  readonly signal: AbortSignal
}

/** Exit codes of the command. */
export const Exit = { done: 0, failed: 1, usage: 2, unknown: 3, interrupted: 130 } as const

/** The exit code for several jobs: the highest number counts. */
export const highest = (codes: readonly number[]): number =>
  codes.reduce((worst, code) => Math.max(worst, code), Exit.done)

/** Options that every command has. */
export interface OutputOptions {
  readonly json?: boolean
}

/** Programs get JSON: when they ask for it, and wherever nobody looks at a terminal. */
export const writesJson = (io: Io, { json }: OutputOptions): boolean => json === true || !io.stdout.isTTY

/** Rejects when the line cannot be written, so that nothing is done that nobody would read of. */
export const printLine = (io: Io, line: string): Promise<void> =>
  new Promise((resolve, reject) => {
    io.stdout.write(`${line}\n`, (error) => (error ? reject(error) : resolve()))
  })

/** One object, one line. */
export const printJson = (io: Io, value: object): Promise<void> => printLine(io, JSON.stringify(value))

/** What a server says, without anything that would move a terminal's cursor or colour it. */
export const plain = (value: unknown): string => stripVTControlCharacters(String(value)).replaceAll(/\p{Cc}+/gu, ' ')

/** Writes an error to stderr, as JSON if that was asked for. */
export const complain = (io: Io, output: OutputOptions, code: string, message: string, more: object = {}): void =>
  notify(io, output, 'error', { code, ...more }, message)

/** Writes a warning to stderr, as JSON if that was asked for. */
export const warn = (io: Io, output: OutputOptions, message: string): void => notify(io, output, 'warning', {}, message)

function notify(io: Io, { json }: OutputOptions, kind: 'error' | 'warning', fields: object, message: string): void {
  const lines = message.split('\n')
  const text = kind === 'warning' ? `warning: ${message}` : message
  const object = { [kind]: { ...fields, message: lines.join(' ') } }
  io.stderr.write(`${json ? JSON.stringify(object) : text.split('\n').map(plain).join('\n')}\n`)
}
