import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseYaml } from '@redocly/openapi-core'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const readSettings = (folder: string) =>
  parseYaml(readFileSync(join(root, folder, 'pnpm-workspace.yaml'), 'utf8')) as Settings
const settings = readSettings('.')
/** Large tools that run rarely have separate installs. */
const separateInstalls = ['tools/proof/install', 'tools/proof/mutants']

interface Settings {
  readonly catalog: Record<string, string>
  readonly catalogs: Record<string, Record<string, string>>
  readonly allowBuilds: Record<string, boolean>
  readonly minimumReleaseAge: number
  readonly trustPolicy: string
  readonly strictDepBuilds: boolean
  readonly blockExoticSubdeps: boolean
}

const exact = /^(npm:.+@)?\d+\.\d+\.\d+$/

describe('the settings of the workspace', () => {
  it('pin exact versions', () => {
    const versions = [settings.catalog, ...Object.values(settings.catalogs)].flatMap((catalog) =>
      Object.values(catalog),
    )
    expect(versions.filter((version) => !exact.test(version))).toEqual([])
  })

  it('allow one install script and block the install analytics of Prism', () => {
    const allowed = Object.entries(settings.allowBuilds).filter(([, allows]) => allows)
    expect(allowed).toEqual([['node', true]])
    expect(settings.allowBuilds['@scarf/scarf']).toBe(false)
  })

  it('reject releases younger than a week, publisher downgrades, undecided install scripts and exotic dependencies', () => {
    expect(settings).toMatchObject({
      minimumReleaseAge: 7 * 24 * 60,
      trustPolicy: 'no-downgrade',
      strictDepBuilds: true,
      blockExoticSubdeps: true,
    })
  })
})

describe('an install', () => {
  const remedy =
    'to accept an intended change, run: pnpm exec vitest run --project tools proof/test/supply-chain --update'
  const namesIn = ({ packages }: { readonly packages: object }) =>
    [...new Set(Object.keys(packages).map((key) => key.replace(/@[^@]*$/, '')))].toSorted()

  it('has only the packages on the list', async () => {
    const names = namesIn(parseYaml(readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8')) as { packages: object })
    expect(names).toContain('@redocly/cli')
    await expect(names.join('\n').concat('\n'), remedy).toMatchFileSnapshot('../listings/install.txt')
  })
})

/** Dependencies of a manifest whose version is neither from the catalog nor from the workspace. */
function ownVersions(manifest: Manifest): string[] {
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = manifest
  return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies, ...peerDependencies })
    .filter(([, version]) => !/^(catalog|workspace):/.test(version))
    .map(([name, version]) => `${name} ${version}`)
}

type Manifest = Partial<
  Record<'dependencies' | 'devDependencies' | 'optionalDependencies' | 'peerDependencies', Record<string, string>>
>

const read = (path: string): Manifest => JSON.parse(readFileSync(join(root, path), 'utf8'))

describe('the manifests', () => {
  it.each(['package.json', ...globSync(['{spec,packages/*,tools/*}/package.json'], { cwd: root })])(
    '%s takes every version from the catalog or the workspace',
    (path) => expect(ownVersions(read(path))).toEqual([]),
  )

  it.each(separateInstalls)('in the separate install %s pins exact versions and allows no install script', (folder) => {
    const versions = Object.values(read(`${folder}/package.json`).dependencies ?? {})
    expect(versions.length).toBeGreaterThan(0)
    expect(versions.filter((version) => !exact.test(version))).toEqual([])
    const { allowBuilds = {}, ...own } = readSettings(folder)
    expect(Object.values(allowBuilds).filter((allows) => allows)).toEqual([])
    expect(own).toMatchObject({ minimumReleaseAge: settings.minimumReleaseAge, trustPolicy: settings.trustPolicy })
  })

  it('of the mutation tests uses the same Vitest as the tests', () => {
    expect(read('tools/proof/mutants/package.json').dependencies).toMatchObject({ vitest: settings.catalog.vitest })
  })

  it('is reported if it has a version range', () => {
    expect(ownVersions({ dependencies: { 'openapi-fetch': '^0.17.0' } })).toEqual(['openapi-fetch ^0.17.0'])
  })
})

describe('a cached check', () => {
  it.skipIf(!existsSync(join(root, '.git')))('runs again if any tracked file changes', () => {
    const run = (command: string, ...args: string[]) =>
      spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 1e8 }).stdout
    const tracked = run('git', 'ls-files')
      .trim()
      .split('\n')
      .filter((file) => existsSync(join(root, file)))
    const { tasks } = JSON.parse(
      run('turbo', 'run', '//#vitest', '//#lint', '//#dependencies', '//#size', '--only', '--dry=json'),
    )
    expect(tasks).toHaveLength(4)
    for (const { taskId, inputs } of tasks) {
      expect(
        tracked.filter((file) => !(file in inputs)),
        taskId,
      ).toEqual([])
    }
  })
})

describe('a package', () => {
  it.each([
    ['packages/client', ['openapi-fetch']],
    ['packages/mock', []],
    ['spec', []],
  ])('in %s has the runtime dependencies %j', (folder, expected) => {
    const { dependencies = {} } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
    expect(Object.keys(dependencies)).toEqual(expected)
  })
})

describe('the lockfile', () => {
  it.each(['.', ...separateInstalls])('in %s names no registry host, so that it works with any registry', (folder) => {
    expect(readFileSync(join(root, folder, 'pnpm-lock.yaml'), 'utf8')).not.toMatch(/https?:\/\//)
  })
})
