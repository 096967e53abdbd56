import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { localDependencies, packAll, run } from '../../src/packed/install.ts'

const root = join(import.meta.dirname, '../../../..')
const pages = [
  'README.md',
  'packages/client/README.md',
  'packages/mock/README.md',
  'packages/cli/README.md',
  'spec/README.md',
  'spec/FIRST-LIVE-RUN.md',
  'spec/openapi.yaml',
]
const lines = pages.flatMap((page) =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/^ *(npm install .*)$/gm)].map(([, line = '']) => line),
)

// A project next to a checkout, as the pages require.
const folder = mkdtempSync(join(tmpdir(), 'install-lines-'))
const project = join(folder, 'project')
beforeAll(async () => {
  const packages = join(folder, 'image-install-queue/dist')
  mkdirSync(packages, { recursive: true })
  mkdirSync(project)
  await packAll(packages)
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, overrides: localDependencies() }))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the install lines of the pages', () => {
  test('include the client and the mock', () => {
    expect(lines.join()).toContain('image-install-queue-client.tgz')
    expect(lines.join()).toContain('image-install-queue-mock.tgz')
  })

  test.each([...new Set(lines)])('work next to a checkout: %s', { timeout: 60_000 }, async (line) => {
    const [npm = '', ...args] = line.split(' ')
    // The overrides install folders, whose scripts a registry package would not run.
    const own = ['--offline', '--ignore-scripts', '--cache', join(project, '.npm')]
    await run(npm, [...args, ...own], { cwd: project })
    const names = [...line.matchAll(/image-install-queue-(\w+)\.tgz/g)].map(
      ([, name]) => `@image-install-queue/${name}`,
    )
    expect(names).not.toEqual([])
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))
    expect(Object.keys({ ...dependencies, ...devDependencies })).toEqual(expect.arrayContaining(names))
    for (const name of names) {
      const program = `await import('${name}/package.json', { with: { type: 'json' } })`
      await run(process.execPath, ['--input-type=module', '--eval', program], { cwd: project })
    }
  })
})
