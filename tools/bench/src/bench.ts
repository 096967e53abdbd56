import { measureClient } from './client.ts'
import { judge } from './measure.ts'
import { measureMock } from './mock.ts'

// `pnpm bench [client|mock]`: prints each row, and fails where a bound breaks on a quiet machine.
const areas = { client: measureClient, mock: measureMock }
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !Object.hasOwn(areas, name))
if (unknown.length > 0) {
  console.error(`Unknown area ${unknown.join(', ')}. There are: ${Object.keys(areas).join(', ')}.`)
  process.exit(2)
}
for (const [name, measure] of Object.entries(areas)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  let judged = (await measure()).map(judge)
  // One slow moment says nothing: what breaks is measured once more.
  if (judged.some(({ fails }) => fails)) judged = (await measure()).map(judge)
  for (const { line, fails } of judged) {
    console.log(line)
    if (fails) process.exitCode = 1
  }
}
