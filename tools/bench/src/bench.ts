import { measureClient } from './client.ts'
import { judge } from './measure.ts'
import { measureMock } from './mock.ts'

// `pnpm bench [client|mock]`: prints a line per comparison, and exits with 1 if a bound fails on a quiet machine.
const areas = { client: measureClient, mock: measureMock }
const requested = process.argv.slice(2)
const unknown = requested.filter((name) => !Object.hasOwn(areas, name))
if (unknown.length > 0) {
  console.error(`Unknown area ${unknown.join(', ')}. Use one of: ${Object.keys(areas).join(', ')}.`)
  process.exit(2)
}
for (const [name, measure] of Object.entries(areas)) {
  if (requested.length > 0 && !requested.includes(name)) continue
  let judged = (await measure()).map(judge)
  // A single slow moment is no evidence: measure a failed area once more.
  if (judged.some(({ fails }) => fails)) judged = (await measure()).map(judge)
  for (const { line, fails } of judged) {
    console.log(line)
    if (fails) process.exitCode = 1
  }
}
