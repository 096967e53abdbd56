import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Budget, overdrawn } from './budget.ts'
import { clientSizes } from './client-size.ts'
import { countLines } from './lines.ts'

// `pnpm ratchets`: holds what may only fall to `budget.json`; with `--lower` it writes down what was saved.
const file = join(import.meta.dirname, '../budget.json')
const budget: Budget = JSON.parse(readFileSync(file, 'utf8'))
const measured: Budget = { lines: countLines(join(import.meta.dirname, '../../..')), clientGzip: await clientSizes() }

const problems = overdrawn(budget, measured)
for (const problem of problems) console.error(problem)
if (problems.length > 0) {
  console.error('Make room, or raise tools/proof/budget.json in the same commit and say there what the rise buys.')
  process.exitCode = 1
} else if (process.argv.includes('--lower')) {
  writeFileSync(file, `${JSON.stringify(measured, null, 2)}\n`)
}
