import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

// `pnpm release:publish [--dry-run]`: publishes the tarballs in dist/ whose version is not on the registry yet. Run again
// after a failure, it continues with the rest.
const root = join(import.meta.dirname, '../../../..')
const dryRun = process.argv.slice(2).filter((argument) => argument === '--dry-run')
// `--provenance` fails outside of a CI service that npm supports.
const provenance = process.env.GITHUB_ACTIONS && dryRun.length === 0 ? ['--provenance'] : []

function publish(folder: string): boolean {
  const { name, version } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
  const { stdout } = spawnSync('npm', ['view', `${name}@${version}`, 'version'], { encoding: 'utf8' })
  if (stdout.trim() === version) {
    console.log(`${name}@${version} is already published.`)
    return true
  }
  const tarball = join(root, 'dist', `${name.slice(1).replace('/', '-')}.tgz`)
  const args = ['publish', tarball, '--access', 'public', ...provenance, ...dryRun]
  return spawnSync('npm', args, { stdio: 'inherit' }).status === 0
}

// Dependencies first, so that a published package can always be installed.
const folders = ['spec', 'packages/client', 'packages/mock', 'packages/cli']
if (!folders.every(publish)) process.exitCode = 1
