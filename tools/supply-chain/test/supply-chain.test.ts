import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseYaml } from '@redocly/openapi-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const settings = parseYaml(readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')) as Settings

interface Settings {
  readonly catalog: Record<string, string>
  readonly catalogs: Record<string, Record<string, string>>
  readonly allowBuilds: Record<string, boolean>
  readonly minimumReleaseAge: number
  readonly trustPolicy: string
}

describe('the settings of the workspace', () => {
  it('pin every version exactly', () => {
    const versions = [settings.catalog, ...Object.values(settings.catalogs)].flatMap((catalog) =>
      Object.values(catalog),
    )
    expect(versions.filter((version) => !/^(npm:[^@]+@)?\d+\.\d+\.\d+$/.test(version))).toEqual([])
  })

  it('allow one install script and keep the install analytics of Prism blocked', () => {
    const allowed = Object.entries(settings.allowBuilds).filter(([, allows]) => allows)
    expect(allowed).toEqual([['node', true]])
    expect(settings.allowBuilds['@scarf/scarf']).toBe(false)
  })

  it('take nothing younger than a day and nothing whose publisher lost trust', () => {
    expect(settings.minimumReleaseAge).toBeGreaterThanOrEqual(24 * 60)
    expect(settings.trustPolicy).toBe('no-downgrade')
  })
})

describe('the dependencies of the packages', () => {
  it.each([
    ['packages/client', ['openapi-fetch']],
    ['packages/mock', []],
    ['spec', []],
  ])('%s needs at run time just %j', (folder, expected) => {
    const { dependencies = {} } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
    expect(Object.keys(dependencies)).toEqual(expected)
  })

  it('are missed when undeclared and named when unused', () => {
    const careless = join(import.meta.dirname, 'fixtures/careless')
    const knip = spawnSync(process.execPath, [join(root, 'node_modules/knip/bin/knip.js'), '--directory', careless], {
      encoding: 'utf8',
    })
    expect(knip.status).toBe(1)
    expect(knip.stdout).toMatch(/Unused dependencies \(1\)\nnever-imported/)
    expect(knip.stdout).toMatch(/Unlisted dependencies \(1\)\nundeclared/)
  })
})

describe('the lockfile', () => {
  let copy: string
  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'lockfile-'))
    cpSync(join(root, 'pnpm-lock.yaml'), join(copy, 'pnpm-lock.yaml'))
    cpSync(join(root, 'pnpm-workspace.yaml'), join(copy, 'pnpm-workspace.yaml'))
  })
  afterAll(() => rmSync(copy, { recursive: true }))

  it('names no host, so that it holds wherever packages come from', () => {
    expect(readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8')).not.toMatch(/https?:\/\//)
  })

  it('stops a frozen install that disagrees with a manifest', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    manifest.devDependencies.typescript = '6.0.3'
    writeFileSync(join(copy, 'package.json'), JSON.stringify(manifest))
    const install = spawnSync('pnpm', ['install', '--frozen-lockfile', '--offline'], { cwd: copy, encoding: 'utf8' })
    expect(install.status).toBe(1)
    expect(install.stdout + install.stderr).toContain('ERR_PNPM_OUTDATED_LOCKFILE')
  })
})
