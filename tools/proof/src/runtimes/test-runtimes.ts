import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createProject, packAll, run } from '../packed/install.ts'
import { probeRuntime } from './probe-runtime.ts'
import { findRuntime, install, type Runtime, runtimeNames } from './runtimes.ts'
import { differences, readSnapshot, writeSnapshot } from './snapshots.ts'

// `pnpm test:runtimes`: runs the packed client in every runtime, and the packed mock in every Node, and compares what they
// do with the snapshots in tools/proof/runtimes. `--update` writes the snapshots.
const update = process.argv.includes('--update')
const project = mkdtempSync(join(tmpdir(), 'runtimes-'))
const different: string[] = []
const missing: string[] = []

async function testRuntime(name: string): Promise<void> {
  let runtime: Runtime
  try {
    runtime = findRuntime(name)
  } catch (error) {
    missing.push(`${name} is not available: ${error}`)
    return
  }
  const observed = await probeRuntime(project, runtime, name.startsWith('node') ? runtime.binary : process.execPath)
  if (update) writeSnapshot(name, observed)
  const found = differences(readSnapshot(name), observed)
  different.push(...found.map((line) => `${name}: ${line}`))
  console.log(`${name} (${observed.runtime}): ${found.length === 0 ? 'as expected' : `${found.length} differences`}`)
}

try {
  await run('pnpm', ['install', '--frozen-lockfile'], { cwd: install }).catch((error) => {
    missing.push(`The runtimes could not be installed: ${error.stdout}${error.message}`)
  })
  const { client, mock } = await packAll(project)
  await createProject(project, [client, mock])
  copyFileSync(join(import.meta.dirname, 'probe.js'), join(project, 'probe.js'))
  for (const name of runtimeNames) {
    await testRuntime(name).catch((error) => {
      different.push(`${name}: ${error}`)
    })
  }
} finally {
  rmSync(project, { recursive: true, force: true })
}

for (const line of [...different, ...missing]) console.error(line)
// A developer's machine may lack a runtime; CI must have all of them.
if (different.length > 0 || (missing.length > 0 && process.env.CI)) process.exitCode = 1
