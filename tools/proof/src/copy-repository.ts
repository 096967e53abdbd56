import { execFile } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const root = join(import.meta.dirname, '../../..')

/**
 * Copies the files of the repository to a temporary folder and installs there, as in a fresh clone. Disposing removes the
 * copy.
 */
export async function copyRepository() {
  const folder = mkdtempSync(join(tmpdir(), 'repository-'))
  const runIn =
    (cwd: string) =>
    async (command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
      const options = { cwd, env: { ...process.env, ...env }, maxBuffer: 1e8 }
      const { stdout } = await promisify(execFile)(command, args, options).catch((error) => {
        throw new Error(`${command} ${args.join(' ')} failed in ${cwd}.\n${error.stdout}${error.stderr}`)
      })
      return stdout
    }
  /** Runs a program in the copy and returns what it printed on stdout; throws if it fails. */
  const run = runIn(folder)
  const files = await runIn(root)('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'])
  for (const file of files.split('\0').filter((name) => name !== '' && existsSync(join(root, name)))) {
    mkdirSync(join(folder, dirname(file)), { recursive: true })
    copyFileSync(join(root, file), join(folder, file))
  }
  await run('git', ['init', '--quiet'])
  await run('git', ['add', '--all'])
  await run('pnpm', ['install', '--frozen-lockfile', '--prefer-offline'])
  return {
    path: (file: string) => join(folder, file),
    run,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}
