import type { Io } from './io.ts'
import { colored, plain, safeJson } from './terminal.ts'

/** Writes objects as JSON, one per line, or lines of text. */
export const print = (io: Io, objects: readonly object[], text: () => readonly string[]): Promise<void> =>
  io.printsJson ? writeLines(io, objects.map(safeJson)) : printText(io, text())

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
export const complain = (io: Io, code: string, message: string, fields: object = {}): void =>
  tell(io, 'error', message, { code, ...fields })

/** Writes a message to stderr, as JSON or text. Warnings and notices are left out with `--quiet`. */
export function tell(
  io: Io,
  kind: 'error' | 'warning' | 'notice' | 'debug',
  message: string,
  fields: object = {},
): void {
  if (io.quiet && (kind === 'warning' || kind === 'notice')) return
  const lines = message.split('\n')
  const prefix = kind === 'warning' || kind === 'debug' ? `${kind}: ` : ''
  const object = { [kind]: { ...fields, message: lines.join(' ') } }
  io.stderr.write(`${io.reportsJson ? safeJson(object) : prefix + lines.map(plain).join('\n')}\n`)
}
