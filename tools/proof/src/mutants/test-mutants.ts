import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'

// `pnpm test:mutants [area or file]`: breaks the sources of client and mock in thousands of ways, and counts what no test notices.
const root = join(import.meta.dirname, '../../../..')
const setUp = join(root, 'tools/proof/mutants')
const [asked = '{client,mock}'] = process.argv.slice(2)
const files = asked.endsWith('.ts') ? asked : `packages/${asked}/src/**/*.ts`
const run = (command: string, args: readonly string[], cwd: string) =>
  spawnSync(command, args, { cwd, stdio: 'inherit' }).status ?? 1

// Named one by one: StrykerJS takes a pattern apart at each comma, also within braces.
const found = globSync(files, { cwd: root }).filter((file) => !file.includes('/generated/'))
if (found.length === 0) {
  console.error(`There is no ${files}. Name client, mock or a file, such as packages/client/src/hosts.ts.`)
  process.exitCode = 2
} else {
  // StrykerJS has an install of its own, which nobody else should have to make.
  const installed = run('pnpm', ['install', '--frozen-lockfile', '--silent'], setUp)
  const args = ['run', join(setUp, 'stryker.config.js'), '--mutate', found.join(',')]
  process.exitCode = installed || run(join(setUp, 'node_modules/.bin/stryker'), args, root)
}
