import { spawnSync } from 'node:child_process'
import { chromiumPath, findProgram } from './programs.ts'
import { closingLines, forgetReport, readReport } from './summary.ts'

// `pnpm test`: every check, then every test through turbo, then one closing line with the counts.
// Part of turbo's cache key: tests whose program is absent are skipped, and run once it is installed.
const programs = {
  CHROMIUM_PATH: chromiumPath(),
  SAMPLE_PROGRAMS: ['curl', 'python3'].map((name) => findProgram(name)).join(),
}
const startedAt = Date.now()
forgetReport()
const run = (command: string, ...args: readonly string[]) =>
  spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, ...programs, TURBO_TELEMETRY_DISABLED: '1' },
  }).status === 0
// The tests run after the checks also when a check fails, so that one run reports everything.
const checksPassed = run('pnpm', 'run', 'check')
const testsPassed = run('turbo', 'run', '//#vitest', '--output-logs=new-only', '--log-order=grouped')
const report = readReport()
for (const line of closingLines(report, startedAt, checksPassed && testsPassed)) console.log(line)
process.exitCode = checksPassed && testsPassed && report?.numFailedTests === 0 ? 0 : 1
