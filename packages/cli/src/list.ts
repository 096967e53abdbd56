import type { Install } from '@image-install-queue/client'
import stringWidth from 'string-width'
import { Exit } from './exit.ts'
import { isOfVersion, listInstalls, mirroringOf, type StateName, stateOf, stateText } from './installs.ts'
import type { Session } from './io.ts'
import { print, tell } from './output.ts'
import { ago } from './progress.ts'
import { cut, plain } from './terminal.ts'

export interface ListOptions {
  readonly state?: readonly StateName[]
  readonly versionId?: number
}

/** `list`: a table for people, one object per install for programs. */
export async function list(io: Session, options: ListOptions): Promise<number> {
  const { state, versionId } = options
  const list = await listInstalls(io.client, io.signal)
  for (const message of list.warnings) tell(io, 'warning', message)
  const installs = list.installs.filter((install) => {
    const name = stateOf(install)
    const hasState = state === undefined || (name !== undefined && state.includes(name))
    return hasState && isOfVersion(install, versionId)
  })
  await print(io, installs, () => table(installs).map((line) => cut(line, io.stdout.columns)))
  return Exit.done
}

const titles = ['JOBID', 'STATE', 'DONE', 'MIRRORING', 'VERSION', 'AGE', 'UPDATED', 'WHERE']

/** A heading, a line for each install, and below an install its error. */
function table(installs: readonly Install[]): string[] {
  if (installs.length === 0) return ['No matching installs.']
  const now = Date.now()
  const rows = installs.map((install) => [
    plain(install.jobid),
    plain(stateText(install)),
    typeof install.jobprogress === 'number' ? `${install.jobprogress} %` : '',
    plain(mirroringOf(install) ?? '?'),
    plain(install.target_imageversionid ?? ''),
    ago(install.jobcreated, now),
    ago(install.jobupdated, now),
    whereOf(install),
  ])
  const [heading = '', ...lines] = alignColumns([titles, ...rows])
  return [heading, ...lines.flatMap((line, index) => [line, ...errorOf(installs[index])])]
}

const errorOf = (install: Install | undefined): string[] => (install?.joberror ? [`  ${plain(install.joberror)}`] : [])

const whereOf = ({ mirror, machine, location }: Install): string =>
  [mirror, machine == null ? undefined : `machine ${machine}`, location].filter(Boolean).map(plain).join(', ')

/** Rows as lines with aligned columns. */
function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = []
  for (const row of rows)
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, stringWidth(cell))
  const padded = (cell: string, column: number) => cell + ' '.repeat((widths[column] ?? 0) - stringWidth(cell))
  return rows.map((row) => row.map(padded).join('  ').trimEnd())
}
