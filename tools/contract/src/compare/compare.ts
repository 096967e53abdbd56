import { readContract } from '../contract.ts'
import { extensionChanges } from './extensions.ts'
import { type Change, type Level, redoclyDiff } from './redocly-diff.ts'

export interface Comparison {
  readonly released: string
  readonly current: string
  /** The lowest version that the changes allow. */
  readonly least: string
  /** Major changes first. */
  readonly changes: readonly Change[]
  readonly ok: boolean
}

/**
 * Compares a contract with the last released one.
 *
 * @param releasedFile path of the released contract
 * @param currentFile path of the current contract
 * @throws {InvalidContractError} when one of them cannot be read or is outside the profile
 */
export async function compare(releasedFile: string, currentFile: string): Promise<Comparison> {
  const [released, current] = await Promise.all([readContract(releasedFile), readContract(currentFile)])
  const changes: Change[] = []
  if (released.sha256 !== current.sha256) {
    changes.push(...(await redoclyDiff(releasedFile, currentFile)))
    changes.push(...extensionChanges(released.document, current.document))
    if (changes.length === 0) changes.push({ level: 'patch', text: 'The text of the contract changed.' })
  }
  changes.sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level))
  const least = nextVersion(released.version, changes[0]?.level)
  const ok = current.version.localeCompare(least, 'en', { numeric: true }) >= 0
  return { released: released.version, current: current.version, least, changes, ok }
}

const levels: readonly Level[] = ['major', 'minor', 'patch']

/** Returns the lowest version that may follow with a change of this level. The profile accepts only versions of three numbers. */
function nextVersion(version: string, level: Level | undefined): string {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  if (level === 'major') return `${major + 1}.0.0`
  if (level === 'minor') return `${major}.${minor + 1}.0`
  return level === 'patch' ? `${major}.${minor}.${patch + 1}` : version
}

/** Returns the changes without those that need only a patch, if there are others: they would hide the ones that matter. */
export function significant(changes: readonly Change[]): Change[] {
  const kept = changes.filter(({ level }) => level !== 'patch')
  const patches = changes.length - kept.length
  if (kept.length === 0 || patches === 0) return [...changes]
  return [
    ...kept,
    { level: 'patch', text: `${patches} more ${patches === 1 ? 'change' : 'changes'} of descriptions or limits.` },
  ]
}

/** Returns the comparison as lines. The last one has the next step. */
export function report({ released, current, least, changes, ok }: Comparison): string[] {
  if (changes.length === 0) return [`The contract is unchanged since release ${released}.`]
  const lines = significant(changes).map(({ level, text }) => `${level}  ${text}`)
  const isSet = ok ? `; info.version is ${current}.` : `, but info.version is ${current}. Set it to ${least}.`
  return [...lines, `Compared with release ${released}, these changes require version ${least}${isSet}`]
}
