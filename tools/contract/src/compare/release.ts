import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { type Comparison, compare, significant } from './compare.ts'

/** Paths of the last released contract, the current one, the changelog, and the manifest of its package. */
export interface ContractFiles {
  readonly released: string
  readonly current: string
  readonly changelog: string
  readonly manifest: string
}

/** Returns the reasons why the contract may not be published: it is not the released one. Empty if it is. */
export async function unreleased({ released, current, manifest }: ContractFiles): Promise<string[]> {
  const comparison = await compare(released, current)
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'))
  const reasons = [
    comparison.changes.length > 0 &&
      `The contract ${comparison.current} differs from the released ${comparison.released}.`,
    version !== comparison.current && `The package has version ${version}, the contract ${comparison.current}.`,
  ]
  return reasons.flatMap((reason) => (reason ? [`${reason} Run pnpm release:contract before publishing.`] : []))
}

/** Makes the current contract the released one, if `info.version` allows it: updates baseline, changelog and package version. */
export async function release(files: ContractFiles): Promise<Comparison> {
  const comparison = await compare(files.released, files.current)
  if (comparison.ok && comparison.changes.length > 0) {
    const changes = significant(comparison.changes)
      .map(({ level, text }) => `- ${level}: ${text}\n`)
      .join('')
    const [title, ...entries] = readFileSync(files.changelog, 'utf8').split(/^(?=## )/m)
    writeFileSync(files.changelog, [title, `## ${comparison.current}\n\n${changes}\n`, ...entries].join(''))
    const manifest = readFileSync(files.manifest, 'utf8')
    writeFileSync(files.manifest, manifest.replace(/("version": )"[^"]*"/, `$1"${comparison.current}"`))
    copyFileSync(files.current, files.released)
  }
  return comparison
}
