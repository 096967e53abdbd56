import { styleText } from 'node:util'
import type { Install } from '@image-install-queue/client'
import { listInstalls, mirroringOf, stateOf, stateText } from './installs.ts'
import { Exit, type Io, type OutputOptions, plain, printJson, printLine, warn, writesJson } from './io.ts'

export interface ListOptions extends OutputOptions {
  readonly state?: string
  readonly versionId?: number
}

/** `list`: a table for people, one object per install for programs. */
export async function list(io: Io, options: ListOptions): Promise<number> {
  const { state, versionId } = options
  const list = await listInstalls(io.client, io.signal)
  for (const message of list.warnings) warn(io, options, message)
  const installs = list.installs.filter(
    (install) =>
      (state === undefined || stateOf(install) === state) &&
      (versionId === undefined || install.target_imageversionid === versionId),
  )
  if (writesJson(io, options)) for (const install of installs) await printJson(io, install)
  else if (installs.length === 0) await printLine(io, 'No matching installs.')
  else for (const line of table(installs)) await printLine(io, colored(io, line))
  return Exit.done
}

/** A heading, a line for each install, and below a failed one what it says of its failure. */
function table(installs: readonly Install[]): string[] {
  const rows = installs.map((install) => [
    plain(install.jobid),
    plain(stateText(install)),
    typeof install.jobprogress === 'number' ? `${install.jobprogress} %` : '',
    plain(mirroringOf(install) ?? '?'),
    plain(install.target_imageversionid ?? ''),
    whereOf(install),
  ])
  const titles = ['JOBID', 'STATE', 'DONE', 'MIRRORING', 'VERSION', 'WHERE']
  const widths = titles.map((title, column) =>
    Math.max(...[titles, ...rows].map((row) => (row[column] ?? title).length)),
  )
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  const errors = installs.map(({ joberror }) => (joberror ? [`  ${plain(joberror)}`] : []))
  return [line(titles), ...rows.flatMap((row, index) => [line(row), ...(errors[index] ?? [])])]
}

const whereOf = ({ mirror, machine, location }: Install): string =>
  [mirror, machine == null ? undefined : `machine ${machine}`, location].filter(Boolean).map(plain).join(', ')

/** The words that matter, in color where the terminal wants it. */
export function colored({ stdout }: Io, line: string): string {
  const paint = (color: 'green' | 'red' | 'yellow' | 'cyan') => (word: string) =>
    styleText(color, word, { stream: stdout, validateStream: true })
  return line
    .replace(/\bCompleted\b/, paint('green'))
    .replace(/\bFailed\b/, paint('red'))
    .replace(/\bSquashed\b|\bgone\b/, paint('yellow'))
    .replace(/\bRunning\b/, paint('cyan'))
}
