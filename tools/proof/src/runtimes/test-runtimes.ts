import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createProject, packAll, run } from '../packed/install.ts'
import { disagreements, type Expected, expected, fails, ladder, readme, runsOn } from './expected.ts'
import { look } from './look.ts'
import { find, type Runtime } from './runtimes.ts'

// `pnpm test:runtimes`: the packed client, and on Node the packed mock, in every runtime, compared with what is expected.
const project = mkdtempSync(join(tmpdir(), 'runtimes-'))
const wrong: string[] = []
const missing: string[] = []

async function row(name: string, wanted: Expected): Promise<object> {
  let runtime: Runtime
  try {
    runtime = find(name)
  } catch (error) {
    missing.push(`${wanted.title} could not be had: ${error}`)
    return { 'queues a job': 'NOT AVAILABLE' }
  }
  const started = performance.now()
  const seen = await look(project, runtime, wanted.servesMock ? runtime.binary : process.execPath)
  wrong.push(...disagreements(wanted, seen))
  const failures = Object.keys(ladder)
  const rungs = failures.filter((failure) => seen[failure] === ladder[failure])
  return {
    'queues a job': seen['queues a job'],
    'failures told apart': `${rungs.length} of ${failures.length}`,
    'arrivals of a call': seen['arrivals of a call'],
    'of a bare fetch': seen['arrivals of a bare fetch'],
    'after 421': seen['arrivals after 421'],
    'serves the mock': wanted.servesMock ?? false,
    seconds: Math.round((performance.now() - started) / 100) / 10,
  }
}

const table: Record<string, object> = {}
try {
  const install = join(import.meta.dirname, '../../install')
  await run('pnpm', ['install', '--frozen-lockfile'], { cwd: install }).catch((error) => {
    missing.push(`The runtimes could not be installed: ${error.stdout}${error.message}`)
  })
  const { client, mock } = await packAll(project)
  await createProject(project, [client, mock])
  copyFileSync(join(import.meta.dirname, 'probe.js'), join(project, 'probe.js'))
  for (const [name, wanted] of Object.entries(expected)) {
    table[wanted.title] = await row(name, wanted).catch((error) => {
      wrong.push(`${wanted.title}: ${error}`)
      return { 'queues a job': 'FAILED' }
    })
  }
} finally {
  rmSync(project, { recursive: true, force: true })
}

console.table(table)
for (const line of [...wrong, ...missing]) console.log(line)
// The table for readers is written from what is expected, once all of that is proven.
if (wrong.length + missing.length === 0) {
  console.log(`\n${runsOn()}`)
  if (process.argv.includes('--update')) {
    const table = /^\| runs on [\s\S]*?\n(?=\n)/m
    writeFileSync(readme, readFileSync(readme, 'utf8').replace(table, runsOn))
  }
}
process.exitCode = fails(wrong, missing, Boolean(process.env.CI)) ? 1 : 0
