import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { readArgs } from './args.ts'

/** What `pnpm start` runs. Nothing is built for a wrong argument or a question. */
const asked = readArgs(process.argv.slice(2), process.env)
if (typeof asked === 'number') process.exitCode = asked
else if (build()) process.exitCode = await (await import('./start.ts')).start(asked)
else process.exitCode = 1

/** Generates, and builds what is served: the documentation and the mock, and what calls it. */
function build(): boolean {
  const turbo = (...args: string[]) => {
    const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1' }
    const cwd = join(import.meta.dirname, '../../..')
    const { error, status } = spawnSync('turbo', ['run', ...args], {
      ...{ cwd, env, stdio: 'inherit', shell: process.platform === 'win32' },
    })
    if (error)
      console.error(
        `Turbo is not there (${error.message}): the install before this did not end well. Mend what it says above; ` +
          'without a network, what was once installed is enough: npx --offline -y pnpm@12 start',
      )
    return !error && status === 0
  }
  const served = ['docs', 'mock', 'client', 'cli'].map((name) => `--filter=@image-install-queue/${name}`)
  return (
    turbo('generate', '--output-logs=new-only') &&
    turbo('build', ...served, '--log-order=grouped', '--output-logs=errors-only')
  )
}
