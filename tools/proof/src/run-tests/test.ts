import { spawnSync } from 'node:child_process'
import { chromiumPath, findProgram } from './programs.ts'
import { closingLine, deleteReport, readReport } from './summary.ts'

// `pnpm test`: runs every check, then every test through turbo, and prints the counts in one closing line.

// Part of turbo's cache key: tests whose program is absent are skipped, and run once it is installed.
const programs = {
  CHROMIUM_PATH: chromiumPath(),
  SAMPLE_PROGRAMS: ['curl', 'python3'].map((name) => findProgram(name)).join(),
}
const env = { ...process.env, ...programs, TURBO_TELEMETRY_DISABLED: '1' }
const run = (command: string, ...args: readonly string[]) =>
  spawnSync(command, args, { stdio: 'inherit', env }).status === 0

deleteReport()
// The tests run also when a check fails, so that one run reports everything.
const checksPassed = run('pnpm', 'run', 'check')
const testsPassed = run('turbo', 'run', '//#vitest', '--output-logs=new-only', '--log-order=grouped')
const succeeded = checksPassed && testsPassed
console.log(closingLine(readReport(), succeeded))
process.exitCode = succeeded ? 0 : 1
