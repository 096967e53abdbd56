import type { Io } from './io.ts'
import { colored, plain, safeJson } from './terminal.ts'

/** Output options of every command. */
export interface OutputOptions {
  readonly output?: 'table' | 'json'
  readonly json?: boolean
  readonly quiet?: boolean
}

/** Whether JSON was requested by an option. Errors are JSON then, too. */
const asksForJson = ({ output, json }: OutputOptions): boolean => json === true || output === 'json'

/** Whether to print JSON: on request, and wherever stdout is not a terminal, unless a table was requested. */
export const writesJson = (io: Io, options: OutputOptions): boolean =>
  asksForJson(options) || (options.output === undefined && !io.stdout.isTTY)

/** Writes objects as JSON, one per line, or lines of text. */
export const print = (
  io: Io,
  options: OutputOptions,
  objects: readonly object[],
  text: () => readonly string[],
): Promise<void> => (writesJson(io, options) ? writeLines(io, objects.map(safeJson)) : printText(io, text()))

/** Writes lines of text, with states in color if the terminal shows colors. */
export const printText = (io: Io, lines: readonly string[]): Promise<void> =>
  writeLines(
    io,
    lines.map((line) => colored(io, plain(line))),
  )

/** How many lines are written together. Signals are served in between. */
const blockSize = 1_000

/** Writes lines to stdout. Rejects if they cannot be written, so that nothing is done that could not be printed. */
async function writeLines({ stdout }: Io, lines: readonly string[]): Promise<void> {
  for (let start = 0; start < lines.length; start += blockSize) {
    const block = `${lines.slice(start, start + blockSize).join('\n')}\n`
    await new Promise<void>((resolve, reject) => {
      // In a new turn of the event loop: a file's callback would come before any signal.
      stdout.write(block, (error) => (error ? reject(error) : setImmediate(resolve)))
    })
  }
}

/** Writes an error to stderr. */
export const complain = (io: Io, options: OutputOptions, code: string, message: string, more: object = {}): void =>
  writeMessage(io, options, 'error', { code, ...more }, message)

/** Writes a warning to stderr, unless `--quiet` is set. */
export function warn(io: Io, options: OutputOptions, message: string): void {
  if (!options.quiet) writeMessage(io, options, 'warning', {}, message, 'warning: ')
}

/** Writes a message that is no error to stderr, unless `--quiet` is set. */
export function notice(io: Io, options: OutputOptions, code: string, message: string, more: object = {}): void {
  if (!options.quiet) writeMessage(io, options, 'notice', { code, ...more }, message)
}

/** Writes a message of `--debug` to stderr. */
export const trace = (io: Io, options: OutputOptions, message: string, fields: object): void =>
  writeMessage(io, options, 'debug', fields, message, 'debug: ')

function writeMessage(
  io: Io,
  options: OutputOptions,
  kind: 'error' | 'warning' | 'notice' | 'debug',
  fields: object,
  message: string,
  prefix = '',
): void {
  const lines = message.split('\n')
  const object = { [kind]: { ...fields, message: lines.join(' ') } }
  io.stderr.write(`${asksForJson(options) ? safeJson(object) : prefix + lines.map(plain).join('\n')}\n`)
}
