import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { unescapePointerFragment } from '@redocly/openapi-core'

/** Which part of a version a change moves. */
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
type Entry = {
  readonly typeName: string
  readonly property?: string
  readonly impact: Level
  readonly verdicts: readonly { readonly message: string }[]
} & (
  | { readonly kind: 'added'; readonly base?: undefined; readonly revision: Side }
  | { readonly kind: 'removed'; readonly base: Side; readonly revision?: undefined }
  | { readonly kind: 'modified'; readonly base: Side; readonly revision: Side }
)

/** What Redocly rates too low, with what it means for those who call. The first that fits an entry stands. */
const raised: readonly (readonly [level: Level, says: string, fits: (entry: Entry) => boolean])[] = [
  [
    'major',
    'A body must be sent now',
    ({ kind, typeName, revision }) => kind === 'added' && typeName === 'RequestBody' && isRequired(revision?.value),
  ],
  [
    'major',
    'A header does not always come any more',
    ({ typeName, property, base }) => typeName === 'Header' && property === 'required' && base?.value === true,
  ],
  [
    'major',
    'A field is gone',
    ({ kind, typeName, base }) =>
      kind === 'removed' && typeName.startsWith('Schema') && /\/properties(\/[^/]+)?$/.test(base.pointer),
  ],
  [
    'major',
    'An object that took any field has fields of its own',
    ({ kind, typeName }) => kind === 'added' && typeName === 'SchemaProperties',
  ],
  [
    'major',
    'A kind or part of an object is gone',
    ({ kind, base }) => kind === 'removed' && /\/(oneOf|allOf)(\/\d+)?$/.test(base.pointer),
  ],
  [
    'major',
    'A name that callers write is another one',
    ({ typeName, property }) => ['Parameter name', 'PathItem key'].includes(`${typeName} ${property}`),
  ],
  ['minor', 'It is announced that this will go', ({ property }) => property === 'deprecated'],
]

const redocly = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js')
const config = join(import.meta.dirname, 'redocly.yaml')
const run = promisify(execFile)

/** What OpenAPI itself says differently, by `redocly diff`, and raised where that rates a change too low. */
export async function redoclyDiff(released: string, current: string): Promise<Change[]> {
  const options = ['--format=json', '--fail-on=none', '--config', config]
  const { stdout } = await run(process.execPath, [redocly, 'diff', released, current, ...options], {
    maxBuffer: 2 ** 26,
  })
  // The report's form is Redocly's own; the version of the tool is pinned and the tests read every part used here.
  const { changes } = JSON.parse(stdout) as { changes: readonly Entry[] }
  return changes.filter((entry) => !isNamedElsewhere(entry)).map(rate)
}

function rate(entry: Entry): Change {
  const [level, says] = (entry.impact === 'major' ? undefined : raised.find(([, , fits]) => fits(entry))) ?? []
  if (level && says) return { level, text: `${says}: ${place(entry)}.` }
  return { level: entry.impact, text: describe(entry) }
}

/** The version is what all this is about; exported schemas and examples are promises of ours. */
function isNamedElsewhere(entry: Entry): boolean {
  const { kind, typeName, property } = entry
  if (typeName === 'Info' && property === 'version') return true
  return typeName === 'Example' || (kind !== 'modified' && /^#\/components\/schemas\/[^/]+$/.test(pointerOf(entry)))
}

function describe(entry: Entry): string {
  if (entry.verdicts.length > 0) return entry.verdicts.map(({ message }) => message).join(' ')
  if (entry.kind !== 'modified') return `${entry.typeName} ${place(entry)} was ${entry.kind}.`
  const [before, after] = [entry.base, entry.revision].map(({ value }) => JSON.stringify(value) ?? 'nothing')
  const change = `changed from ${before} to ${after}`
  return `${place(entry)} ${change.length > 80 ? 'reads differently' : change}.`
}

function place(entry: Entry): string {
  const segments = pointerOf(entry).split('/').slice(1)
  return segments.map((segment) => unescapePointerFragment(decodeURIComponent(segment))).join(' > ')
}

/** Where it is. What was put in or taken out of a node has the node's own pointer on the side that lacks it. */
function pointerOf({ base, revision }: Entry): string {
  const [before, after] = [base?.pointer ?? '', revision?.pointer ?? '']
  return before.length > after.length ? before : after
}

const isRequired = (body: unknown) => Object(body).required === true
