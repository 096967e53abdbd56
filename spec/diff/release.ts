import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { type Comparison, compare } from './compare.ts'

/** Paths of the contract as it was last released, as it stands, of the entries about releases, and of its package. */
export interface ContractFiles {
  readonly released: string
  readonly current: string
  readonly changelog: string
  readonly manifest: string
}

/** Makes the contract as it stands the released one: baseline, changelog and package version, if `info.version` allows. */
export async function release(files: ContractFiles): Promise<Comparison> {
  const comparison = await compare(files.released, files.current)
  if (comparison.ok && comparison.changes.length > 0) {
    const changes = comparison.changes.map(({ level, text }) => `- ${level}: ${text}\n`).join('')
    const [title, ...entries] = readFileSync(files.changelog, 'utf8').split(/^(?=## )/m)
    writeFileSync(files.changelog, [title, `## ${comparison.current}\n\n${changes}\n`, ...entries].join(''))
    const manifest = readFileSync(files.manifest, 'utf8')
    writeFileSync(files.manifest, manifest.replace(/("version": )"[^"]*"/, `$1"${comparison.current}"`))
    copyFileSync(files.current, files.released)
  }
  return comparison
}
