import { InvalidContractError } from '../old/index.ts'

export const levels = ['patch', 'minor', 'major'] as const

/** Which part of a version a change moves. */
export type Level = (typeof levels)[number]

/** One difference between two contracts, in a sentence. */
export interface Change {
  readonly level: Level
  readonly text: string
}

/** The lowest version that may follow `released` with these changes. */
export function nextVersion(released: string, changes: readonly Change[]): string {
  const [major, minor, patch] = parts(released)
  if (changes.some(({ level }) => level === 'major')) return `${major + 1}.0.0`
  if (changes.some(({ level }) => level === 'minor')) return `${major}.${minor + 1}.0`
  return changes.length > 0 ? `${major}.${minor}.${patch + 1}` : released
}

/** Whether `version` is `least` or higher. */
export function isAtLeast(version: string, least: string): boolean {
  return parts(version).join('.').localeCompare(parts(least).join('.'), 'en', { numeric: true }) >= 0
}

function parts(version: string): [number, number, number] {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)$/.exec(version) ?? []
  if (patch === undefined)
    throw new InvalidContractError(`info.version is "${version}": write three numbers, such as 1.2.3.`)
  return [Number(major), Number(minor), Number(patch)]
}
