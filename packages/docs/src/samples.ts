import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The kinds of sample there may be, in the order most used. Redoc knows a sample by its label. */
const kinds = [
  { label: 'curl', file: 'curl.sh', language: 'sh' },
  { label: 'TypeScript', file: 'typescript.ts', language: 'ts' },
  { label: 'Python', file: 'python.py', language: 'python' },
] as const

export interface Sample {
  /** Its name in the folder of the operation. */
  readonly file: string
  readonly label: string
  readonly language: string
  readonly source: string
}

export const labels: readonly string[] = kinds.map(({ label }) => label)

/** The samples of one operation: the files there are in the folder of its name. */
export function readSamples(folder: string, operationId: string): Sample[] {
  const own = join(folder, operationId)
  // Most operations of a long contract have none.
  if (!existsSync(own)) return []
  return kinds.flatMap(({ label, file, language }) => {
    const path = join(own, file)
    return existsSync(path) ? [{ file, label, language, source: readFileSync(path, 'utf8').trim() }] : []
  })
}
