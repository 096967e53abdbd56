import { readContract } from '../old/index.ts'
import { promiseChanges } from './promises.ts'
import { structuralChanges } from './structure.ts'
import { type Change, isAtLeast, levels, nextVersion } from './version.ts'

export interface Comparison {
  readonly released: string
  readonly current: string
  /** The lowest version that the changes allow. */
  readonly least: string
  readonly changes: readonly Change[]
  readonly ok: boolean
}

/**
 * Compares a contract with the last released one.
 *
 * @param releasedFile path of the released contract
 * @param currentFile path of the contract as it stands
 * @throws {InvalidContractError} when one of them is not valid OpenAPI 3.1
 */
export async function compare(releasedFile: string, currentFile: string): Promise<Comparison> {
  const [released, current] = await Promise.all([readContract(releasedFile), readContract(currentFile)])
  const changes: Change[] = []
  if (released.sha256 !== current.sha256) {
    changes.push(...(await structuralChanges(releasedFile, currentFile)), ...promiseChanges(released, current))
    if (changes.length === 0) changes.push({ level: 'patch', text: 'The text of the contract changed.' })
  }
  changes.sort((a, b) => levels.indexOf(b.level) - levels.indexOf(a.level))
  const least = nextVersion(released.version, changes)
  return { released: released.version, current: current.version, least, changes, ok: isAtLeast(current.version, least) }
}

/** The comparison in lines for a reader; the last one says what to do. */
export function report({ released, current, least, changes, ok }: Comparison): string[] {
  const lines = changes.map(({ level, text }) => `${level}  ${text}`)
  if (changes.length === 0) return [`The contract is the released ${released}.`]
  const isSet = ok ? `; info.version is ${current}.` : `, but info.version is ${current}. Set it to ${least}.`
  return [...lines, `Against the released ${released}, these changes ask for ${least}${isSet}`]
}
