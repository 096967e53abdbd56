import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { copyWorkspace } from '@image-install-queue/workspace-copy'
import { areas, type Mutant } from './mutants.ts'

// `pnpm test:mutants`: changes one condition at a time in a copy of the workspace and expects a test to notice.
const atLeast = 0.9

using copy = copyWorkspace()

for (const project of ['client', 'mock'] as const) {
  if (!passes(project)) throw new Error(`The tests of ${project} fail without a mutant.`)
}
const all = Object.entries(areas).flatMap(([area, mutants]) => mutants.map((mutant) => ({ area, ...mutant })))
let killed = 0
for (const { area, ...mutant } of all) {
  const noticed = !passesWith(mutant)
  if (noticed) killed++
  console.log(`${noticed ? 'killed  ' : 'SURVIVED'} ${area}: ${mutant.file}: ${mutant.find} → ${mutant.replace}`)
}
const share = killed / all.length
console.log(
  `${killed} of ${all.length} mutants killed: ${Math.round(share * 100)} %, at least ${atLeast * 100} % wanted`,
)
process.exitCode = share >= atLeast ? 0 : 1

function passesWith({ project, near, file, find, replace }: Mutant): boolean {
  const path = copy.path(file)
  const source = readFileSync(path, 'utf8')
  if (source.split(find).length !== 2) throw new Error(`${file} does not hold ${JSON.stringify(find)} exactly once.`)
  writeFileSync(
    path,
    source.replace(find, () => replace),
  )
  const passed = passes(project, near) && passes(project)
  writeFileSync(path, source)
  return passed
}

function passes(project: Mutant['project'], files: readonly string[] = []): boolean {
  const vitest = copy.path('node_modules/vitest/vitest.mjs')
  const args = [vitest, 'run', '--project', project, '--typecheck.enabled=false', '--bail', '1', ...files]
  // A mutant may wait for ever; that is noticed too.
  const { status } = spawnSync(process.execPath, args, { cwd: copy.path(), stdio: 'ignore', timeout: 180_000 })
  return status === 0
}
