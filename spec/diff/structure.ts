import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Change, Level } from './version.ts'

/** One entry of `redocly diff --format=json`. */
interface Entry {
  readonly kind: 'added' | 'removed' | 'modified'
  readonly typeName: string
  readonly property?: string
  readonly impact: Level
  readonly verdicts: readonly { readonly message: string }[]
  readonly base?: { readonly pointer: string; readonly value?: unknown }
  readonly revision?: { readonly pointer: string; readonly value?: unknown }
}

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
    .filter(({ typeName, property }) => !(typeName === 'Info' && property === 'version'))
    .map((entry) => ({ level: rate(entry), text: describe(entry) }))
}

const proseNodes = new Set(['Info', 'Contact', 'License', 'ExternalDocs', 'Tag', 'Example'])
const proseFields = /^(x-.*|title|summary|description|example|examples|externalDocs|tags)$/

/** Redocly calls everything a patch that breaks nobody. Only prose is one; a promise that widens is an addition. */
function rate({ kind, typeName, property = '', impact, base }: Entry): Level {
  if (impact !== 'patch') return impact
  // A field that a request may no longer carry breaks the code that sends it.
  if (kind === 'removed' && /\/properties(\/[^/]+)?$/.test(base?.pointer ?? '')) return 'major'
  return proseNodes.has(typeName) || proseFields.test(property) ? 'patch' : 'minor'
}

function describe({ kind, typeName, property, verdicts, base, revision }: Entry): string {
  if (verdicts.length > 0) return verdicts.map(({ message }) => message).join(' ')
  const place = decodeURIComponent((revision ?? base)?.pointer ?? '')
    .replaceAll('~1', '/')
    .replace(/^#\//, '')
  if (kind !== 'modified') return `${typeName} ${place} was ${kind}.`
  if (property && proseFields.test(property)) return `${place} reads differently.`
  return `${place} changed from ${JSON.stringify(base?.value)} to ${JSON.stringify(revision?.value)}.`
}
