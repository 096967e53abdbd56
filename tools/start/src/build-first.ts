import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { readArgs } from './args.ts'

/** What `pnpm start` runs. Nothing is built for a wrong argument or a question. */
const asked = readArgs(process.argv.slice(2))
process.exitCode = typeof asked === 'number' ? asked : build()
if (typeof asked !== 'number' && process.exitCode === 0) await import('./start.ts')

function build(): number {
  const turbo = (task: string, ...options: string[]) => {
    const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1' }
    const cwd = join(import.meta.dirname, '../../..')
    return spawnSync('turbo', ['run', task, ...options], {
      cwd,
      env,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    })
  }
  const generated = turbo('generate', '--output-logs=new-only')
  const built = generated.status === 0 ? turbo('build', '--log-order=grouped', '--output-logs=errors-only') : generated
  if (built.error) throw built.error
  return built.status ?? 1
}
