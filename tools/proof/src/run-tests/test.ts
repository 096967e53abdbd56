import { spawnSync } from 'node:child_process'
import { chromiumPath, findProgram } from './programs.ts'
import { closingLines, forgetReport, readReport } from './summary.ts'

// `pnpm test`: every check and every test through turbo, then one plain closing line.
// Part of the cache's key: tests whose program is absent are skipped, and run once it is there.
const programs = {
  CHROMIUM_PATH: chromiumPath(),
  SAMPLE_PROGRAMS: ['curl', 'python3'].map((name) => findProgram(name)).join(),
}
const startedAt = Date.now()
forgetReport()
const tasks = ['check', 'typecheck', '//#lint', '//#dependencies', '//#ratchets', '//#vitest']
const { status } = spawnSync(
  'turbo',
  ['run', ...tasks, '--continue=dependencies-successful', '--output-logs=new-only', '--log-order=grouped'],
  { stdio: 'inherit', env: { ...process.env, ...programs, TURBO_TELEMETRY_DISABLED: '1' } },
)
const report = readReport()
for (const line of closingLines(report, startedAt, status === 0)) console.log(line)
process.exitCode = status === 0 && report?.numFailedTests === 0 ? 0 : 1
