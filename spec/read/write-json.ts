import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { InvalidContractError, readContract } from './contract.ts'

const spec = join(import.meta.dirname, '..')

try {
  const { document } = await readContract(join(spec, 'openapi.yaml'))
  mkdirSync(join(spec, 'dist'), { recursive: true })
  writeFileSync(join(spec, 'dist/openapi.json'), `${JSON.stringify(document, null, 2)}\n`)
} catch (error) {
  if (!(error instanceof InvalidContractError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
