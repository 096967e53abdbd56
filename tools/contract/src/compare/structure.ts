import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { unescapePointerFragment } from '@redocly/openapi-core'
import type { Change, Level } from './version.ts'

interface Side {
  readonly pointer: string
  readonly value?: unknown
}

/** One entry of `redocly diff --format=json`. */
type Entry = {
  readonly typeName: string
  readonly property?: string
  readonly impact: Level
  readonly verdicts: readonly { readonly message: string }[]
} & (
  | { readonly kind: 'added'; readonly revision: Side }
  | { readonly kind: 'removed'; readonly base: Side }
  | { readonly kind: 'modified'; readonly base: Side; readonly revision: Side }
)

const redocly = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js')
const config = join(import.meta.dirname, 'redocly.yaml')
const run = promisify(execFile)

/** What OpenAPI itself says differently, by `redocly diff`. */
export async function structuralChanges(released: string, current: string): Promise<Change[]> {
  const options = ['--format=json', '--fail-on=none', '--config', config]
  const { stdout } = await run(process.execPath, [redocly, 'diff', released, current, ...options], {
    maxBuffer: 2 ** 26,
  })
  // The report's form is Redocly's own; the version of the tool is pinned and the tests read every part used here.
  const { changes } = JSON.parse(stdout) as { changes: readonly Entry[] }
  return changes
    .filter((entry) => !isNamedElsewhere(entry))
    .map((entry) => ({ level: rate(entry), text: describe(entry) }))
}

/** The version is what all this is about; exported schemas and examples of inputs are promises of ours. */
function isNamedElsewhere(entry: Entry): boolean {
  const { typeName, property } = entry
  return (
    (typeName === 'Info' && property === 'version') ||
    typeName === 'Example' ||
    /^#\/components\/schemas\/[^/]+$/.test(pointerOf(entry))
  )
}

const proseNodes = new Set(['Info', 'Contact', 'License', 'ExternalDocs', 'Tag'])
const proseFields = /^(x-.*|title|summary|description|example|examples|externalDocs|tags)$/

/** Redocly calls everything a patch that breaks nobody. Only prose is one; a promise that widens is an addition. */
function rate(entry: Entry): Level {
  const { typeName, property = '', impact } = entry
  if (impact !== 'patch') return impact
  // A field that a request may no longer carry breaks the code that sends it.
  if (entry.kind === 'removed' && /\/properties(\/[^/]+)?$/.test(pointerOf(entry))) return 'major'
  return proseNodes.has(typeName) || proseFields.test(property) ? 'patch' : 'minor'
}

function describe(entry: Entry): string {
  if (entry.verdicts.length > 0) return entry.verdicts.map(({ message }) => message).join(' ')
  if (entry.kind !== 'modified') return `${entry.typeName} ${place(entry)} was ${entry.kind}.`
  if (entry.property && proseFields.test(entry.property)) return `${place(entry)} reads differently.`
  return `${place(entry)} changed from ${JSON.stringify(entry.base.value)} to ${JSON.stringify(entry.revision.value)}.`
}

function place(entry: Entry): string {
  const segments = pointerOf(entry).split('/').slice(1)
  return segments.map((segment) => unescapePointerFragment(decodeURIComponent(segment))).join(' > ')
}

function pointerOf(entry: Entry): string {
  return (entry.kind === 'removed' ? entry.base : entry.revision).pointer
}
