import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }

const root = fileURLToPath(new URL('..', import.meta.url))

describe('the package', () => {
  test('has no dependencies at run time', () => {
    expect(manifest.dependencies).toEqual({})
    const script = `import('${join(root, 'dist/index.js')}').then(async ({ createMock, specVersion }) => {
      const response = await createMock().fetch('http://mock/__mock/health')
      console.log(response.status, specVersion)
    })`
    expect(
      execFileSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: '/', encoding: 'utf8' }),
    ).toMatch(/^200 \d/)
  })

  test('is at most six megabytes', () => {
    const sizes = ['bin', 'dist'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
        (file) => statSync(join(root, folder, file)).size,
      ),
    )
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(6 * 1024 * 1024)
  })

  test('contains the licenses of the bundled packages', () => {
    const licences = readFileSync(join(root, 'dist/THIRD-PARTY-LICENSES.txt'), 'utf8')
    for (const name of ['@stoplight/prism-http', 'ajv', 'lodash', 'fp-ts', '@faker-js/faker', 'json-schema-faker']) {
      expect(licences).toMatch(new RegExp(`^${name} \\d`, 'm'))
    }
    expect(licences).not.toContain('undefined')
  })

  test('contains all types that its types import, and needs no other package for them', () => {
    const shipped = manifest.files.filter((file) => file.endsWith('.d.ts') && !file.includes('*'))
    const files = shipped
    const reached = files.flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/from '([^']+)'/g)].map(([, name = '']) =>
        join(file, '..', name.replace(/\.ts$/, '.d.ts')),
      ),
    )
    expect(reached).toContain('dist/types.d.ts')
    for (const file of reached) expect(files).toContain(file)
  })
})
