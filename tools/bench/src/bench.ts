import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import type { Row } from './measure.ts'
import { markdown } from './report.ts'

const areas: Record<string, () => Promise<Row[]>> = {
  client: async () => (await import('./client/area.ts')).measureClient(),
  mock: async () => (await import('./mock/area.ts')).measureMock(),
  docs: async () => (await import('./docs/area.ts')).measureDocs(),
  pipeline: async () => (await import('./pipeline/area.ts')).measurePipeline(),
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !Object.hasOwn(areas, name))
if (unknown.length > 0) {
  console.error(`Unknown area ${unknown.join(', ')}. There are: ${Object.keys(areas).join(', ')}.`)
  process.exit(2)
}

const results: Record<string, Row[]> = {}
for (const [name, measure] of Object.entries(areas)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  results[name] = await measure()
  console.log(markdown({ [name]: results[name] }))
}
const machine = { node: process.version, cores: cpus().length, cpu: cpus()[0]?.model ?? 'unknown' }
const out = join(import.meta.dirname, '../dist')
mkdirSync(out, { recursive: true })
writeFileSync(join(out, 'results.json'), `${JSON.stringify({ machine, results }, null, 2)}\n`)
writeFileSync(join(out, 'results.md'), markdown(results))
console.log('Written to tools/bench/dist/results.json and results.md.')
process.exitCode = Object.values(results)
  .flat()
  .every((row) => row.holds !== false)
  ? 0
  : 1
