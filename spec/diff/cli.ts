import { join } from 'node:path'
import { InvalidContractError } from '../read/contract.ts'
import { compare, report } from './compare.ts'
import { release, unreleased } from './release.ts'

const spec = join(import.meta.dirname, '..')
const files = {
  released: join(spec, 'baseline/openapi.yaml'),
  current: join(spec, 'openapi.yaml'),
  changelog: join(spec, 'CHANGELOG.md'),
  manifest: join(spec, 'package.json'),
}

try {
  const command = process.argv[2]
  if (command === 'released') {
    const reasons = await unreleased(files)
    for (const reason of reasons) console.error(reason)
    process.exitCode = reasons.length === 0 ? 0 : 1
  } else {
    const comparison = await (command === 'release' ? release(files) : compare(files.released, files.current))
    for (const line of report(comparison)) console.log(line)
    process.exitCode = comparison.ok ? 0 : 1
  }
} catch (error) {
  if (!(error instanceof InvalidContractError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
