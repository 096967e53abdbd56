import { spawnSync } from 'node:child_process'
import { closingLines, forgetSummary, readSummary } from './summary.ts'

// `pnpm test`: every check and every test through turbo, then one plain closing line.
const startedAt = Date.now()
forgetSummary()
const tasks = ['check', 'typecheck', '//#lint', '//#dependencies', '//#vitest']
const { status } = spawnSync(
  'turbo',
  ['run', ...tasks, '--continue=dependencies-successful', '--output-logs=new-only', '--log-order=grouped'],
  { stdio: 'inherit', env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' } },
)
const summary = readSummary()
for (const line of closingLines(summary, startedAt, status === 0)) console.log(line)
process.exitCode = status === 0 && summary?.failed === 0 ? 0 : 1
