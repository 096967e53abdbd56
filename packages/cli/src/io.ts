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

/** How a command ends. Of several the highest number counts. */
export const Exit = { done: 0, failed: 1, usage: 2, unknown: 3, interrupted: 130 } as const

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

/** What a person must know, beside the results: on stderr, as JSON where that was asked for. */
export function complain(io: Io, { json }: OutputOptions, code: string, message: string, more: object = {}): void {
  const lines = message.split('\n')
  const error = { code, ...more, message: lines.join(' ') }
  io.stderr.write(`${json ? JSON.stringify({ error }) : lines.map(plain).join('\n')}\n`)
}
