import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

export const run = promisify(execFile)

/** A packed package: the file that is published, and the paths in it. */
export interface Tarball {
  readonly name: string
  readonly filename: string
  readonly files: readonly string[]
}

const root = join(import.meta.dirname, '../../../..')
const packages = { spec: 'spec', client: 'packages/client', mock: 'packages/mock', cli: 'packages/cli' }

/** Packs spec, client, mock and the command line, which must be built, into the folder `into`. */
export async function packAll(into: string): Promise<Record<keyof typeof packages, Tarball>> {
  const [spec, client, mock, cli] = await Promise.all([
    pack(join(root, packages.spec), into),
    pack(join(root, packages.client), into),
    pack(join(root, packages.mock), into),
    pack(join(root, packages.cli), into),
  ])
  return { spec, client, mock, cli }
}

/** Packs one package folder into the folder `into`. */
async function pack(folder: string, into: string): Promise<Tarball> {
  // Without a version in the name, the install lines of the pages stay true.
  const { stdout } = await run('pnpm', ['--dir', folder, 'pack', '--json', '--out', join(into, '%s.tgz')])
  const packed: { name: string; filename: string; files: { path: string }[] } = JSON.parse(stdout)
  return { ...packed, files: packed.files.map((file) => file.path) }
}

/** Creates a project in `folder` that has these tarballs and `@types/node` installed, without using the network. */
export async function createProject(folder: string, tarballs: readonly Tarball[]): Promise<void> {
  const local = localCopies(['@types/node'], import.meta.filename, localDependencies())
  mkdirSync(folder, { recursive: true })
  const dependencies = Object.fromEntries(tarballs.map(({ name, filename }) => [name, `file:${filename}`]))
  const manifest = { private: true, type: 'module', dependencies: { ...dependencies, '@types/node': '*' } }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  writeFileSync(join(folder, 'pnpm-workspace.yaml'), JSON.stringify({ overrides: { ...local, ...dependencies } }))
  const own = ['--store-dir', join(folder, '.store'), '--cache-dir', join(folder, '.cache')]
  await run('pnpm', ['install', '--offline', '--silent', ...own], { cwd: folder })
}

/**
 * Returns the installed folder of each runtime dependency of the packages. An offline install cannot use the registry
 * name, because a frozen install never downloads the metadata of a package.
 */
export function localDependencies(): Record<string, string> {
  const local: Record<string, string> = {}
  for (const folder of Object.values(packages)) {
    const manifest = join(root, folder, 'package.json')
    localCopies(dependenciesOf(manifest), manifest, local)
  }
  return local
}

function localCopies(names: readonly string[], from: string, found: Record<string, string> = {}) {
  for (const name of names) {
    const manifest = findPackageJSON(name, from)
    if (manifest === undefined) throw new Error(`${name} is not installed for ${from}. Run: pnpm install`)
    const real = realpathSync(manifest)
    found[name] = `file:${dirname(real)}`
    localCopies(dependenciesOf(real), real, found)
  }
  return found
}

function dependenciesOf(manifest: string): string[] {
  const names = Object.keys(JSON.parse(readFileSync(manifest, 'utf8')).dependencies ?? {})
  // Our own packages come from their tarballs.
  return names.filter((name) => !name.startsWith('@image-install-queue/'))
}
