import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'

const spec = join(import.meta.dirname, '../../../spec')
const folder = mkdtempSync(join(tmpdir(), 'contract-commands-'))
afterAll(() => rmSync(folder, { recursive: true }))
for (const file of ['openapi.yaml', 'CHANGELOG.md', 'package.json', 'baseline'])
  cpSync(join(spec, file), join(folder, file), { recursive: true })

const read = (file: string) => readFileSync(join(folder, file), 'utf8')
function run(...command: readonly string[]) {
  const cli = join(import.meta.dirname, '../src/cli.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...command], { cwd: folder, encoding: 'utf8' })
  return { status, output: stdout + stderr }
}
function edit(from: string | RegExp, to: string): void {
  expect(read('openapi.yaml')).toMatch(from)
  writeFileSync(join(folder, 'openapi.yaml'), read('openapi.yaml').replace(from, to))
}

it('a contract goes from edit to release by the commands in its folder', { timeout: 120_000 }, () => {
  writeFileSync(join(folder, 'baseline/openapi.yaml'), read('openapi.yaml'))
  expect(run('compare')).toEqual({
    status: 0,
    output: expect.stringMatching(/^The contract is unchanged since release \S+\.\n$/),
  })

  edit(/ {8}jobeta: \{ \$ref.*\n/, '')
  expect(run('compare')).toEqual({
    status: 1,
    output: expect.stringMatching(/Property `jobeta` .*\n(.*\n)*.* Set it to \d+\.0\.0\.\n$/),
  })
  expect(run('release').status).toBe(1)
  expect(run('released')).toEqual({ status: 1, output: expect.stringContaining('Run pnpm release:contract') })

  edit(/( {2}version: )\S+/, '$1999.0.0')
  expect(run('release').status).toBe(0)
  expect(read('baseline/openapi.yaml')).toBe(read('openapi.yaml'))
  expect(read('CHANGELOG.md')).toMatch(/\n## 999\.0\.0\n\n- major: Property `jobeta` .* was removed\.\n/)
  expect(read('package.json')).toContain('"version": "999.0.0"')
  expect(run('released')).toEqual({ status: 0, output: '' })
})

it('every command rejects a contract outside the profile, with file and line', { timeout: 120_000 }, () => {
  edit(/^paths:/m, 'path:')
  for (const command of ['validate', 'compare', 'release', 'json'])
    expect(run(command)).toEqual({ status: 1, output: expect.stringMatching(/^openapi\.yaml:\d+:\d+: /) })
})

it('an unknown command prints the known ones', () => {
  expect(run('merge')).toEqual({ status: 2, output: expect.stringMatching(/^usage: \S+ validate\|compare\|release/) })
})
