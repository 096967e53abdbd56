import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { unescapePointerFragment } from '@redocly/openapi-core'

/** The part of a version that a change moves. */
export type Level = 'patch' | 'minor' | 'major'

/** One difference between two contracts, in a sentence. */
export interface Change {
  readonly level: Level
  readonly text: string
}

interface Side {
  readonly pointer: string
  readonly value?: unknown
}

/** One entry of `redocly diff --format=json`. */
interface Entry {
  readonly kind: 'added' | 'removed' | 'modified'
  readonly typeName: string
  readonly property?: string
  readonly impact: Level
  readonly verdicts: readonly { readonly message: string }[]
  readonly base?: Side
  readonly revision?: Side
}

const redocly = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js')
const config = join(import.meta.dirname, 'redocly.yaml')
const run = promisify(execFile)

/** Returns the differences that `redocly diff` finds, except those in our extensions, which it compares only in part. */
export async function redoclyDiff(released: string, current: string): Promise<Change[]> {
  const options = ['--format=json', '--fail-on=none', '--config', config]
  const { stdout } = await run(process.execPath, [redocly, 'diff', released, current, ...options], {
    maxBuffer: 2 ** 26,
  })
  // The version of Redocly is pinned, and the tests read every part of the report that is used here.
  const { changes } = JSON.parse(stdout) as { changes: readonly Entry[] }
  return changes
    .filter(({ typeName, property }) => !(typeName === 'Info' && property === 'version'))
    .filter(({ typeName, property }) => typeName !== 'SpecExtension' && !property?.startsWith('x-'))
    .map((entry) => ({ level: rate(entry), text: describe(entry) }))
}

/**
 * Redocly rates some changes too low: a removed field of a request body and the new name of a path parameter count as
 * patches, although callers of the client write both.
 */
function rate({ kind, typeName, property, impact }: Entry): Level {
  const isRenamed = ['Parameter name', 'PathItem key'].includes(`${typeName} ${property}`)
  if (kind === 'removed' || isRenamed) return 'major'
  return kind === 'added' && impact === 'patch' ? 'minor' : impact
}

function describe(entry: Entry): string {
  const { kind, typeName, verdicts, base, revision } = entry
  if (verdicts.length > 0) return verdicts.map(({ message }) => message).join(' ')
  if (kind !== 'modified') return `${typeName} ${place(entry)} was ${kind}.`
  return `${place(entry)} ${changed(base?.value, revision?.value)}.`
}

/** Returns what happened to a value, as the end of a sentence. */
export function changed(before: unknown, after: unknown): string {
  const [from, to] = [before, after].map((value) => JSON.stringify(value) ?? 'nothing')
  const change = `changed from ${from} to ${to}`
  return change.length > 80 ? 'changed' : change
}

function place({ base, revision }: Entry): string {
  // The side that lacks an added or removed node has the pointer of its parent.
  const [before, after] = [base?.pointer ?? '', revision?.pointer ?? '']
  const segments = (before.length > after.length ? before : after).split('/').slice(1)
  return segments.map((segment) => unescapePointerFragment(decodeURIComponent(segment))).join(' > ')
}
