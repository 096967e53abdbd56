import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { copyWorkspace } from '@image-install-queue/proof/copy-workspace'
import { afterAll, describe, expect, it } from 'vitest'

const workspace = copyWorkspace()
afterAll(() => workspace[Symbol.dispose]())

const contract = workspace.path('spec/openapi.yaml')

function run(folder: string, ...command: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: workspace.path(folder),
    encoding: 'utf8',
  })
  return { status, said: stdout + stderr }
}
const compare = (...command: readonly string[]) =>
  run('spec', '../tools/contract/src/cli.ts', ...(command.length > 0 ? command : ['compare']))
const compile = () => run('tools/released-types', 'src/check.ts')
const edit = (from: string | RegExp, to: string) => {
  const source = readFileSync(contract, 'utf8')
  expect(source).toMatch(from)
  writeFileSync(contract, source.replace(from, to))
}

describe('the gates on a change of the contract', { timeout: 60_000 }, () => {
  it('pass while nothing is changed', () => {
    writeFileSync(workspace.path('spec/baseline/openapi.yaml'), readFileSync(contract))
    expect(compare()).toMatchObject({
      status: 0,
      said: expect.stringMatching(/^The contract is the released \S+\.\n$/),
    })
    expect(compile()).toEqual({ status: 0, said: '' })
    expect(compare('release')).toMatchObject({ status: 0 })
  })

  it('fail when a field is removed and the version stays, and say what to do', () => {
    edit(/ {8}jobeta: \{ \$ref.*\n/, '')
    edit(/( {2}version: )\S+/, '$11.0.0')
    expect(compare()).toMatchObject({
      status: 1,
      said: expect.stringMatching(/Property `jobeta` .*\n(.*\n)*.* Set it to \d+\.0\.0\.\n$/),
    })
    expect(compare('release')).toMatchObject({ status: 1 })
    expect(compile()).toMatchObject({
      status: 1,
      said: expect.stringMatching(/"jobeta".*\n(.*\n)*.*set info\.version to the next major version\.\n$/),
    })
  })

  it('pass when the version says so, and the contract can be released', () => {
    edit(/( {2}version: )\S+/, '$1999.0.0')
    expect(compare('release')).toMatchObject({ status: 0 })
    expect(compile()).toEqual({ status: 0, said: '' })
    expect(readFileSync(workspace.path('spec/baseline/openapi.yaml'), 'utf8')).toBe(readFileSync(contract, 'utf8'))
    expect(readFileSync(workspace.path('spec/CHANGELOG.md'), 'utf8')).toMatch(
      /\n## 999\.0\.0\n\n- major: Property `jobeta` .* was removed\.\n/,
    )
    expect(readFileSync(workspace.path('spec/package.json'), 'utf8')).toContain('"version": "999.0.0"')
  })

  it('report a contract that cannot be read by file and line', () => {
    edit(/^paths:/m, 'path:')
    expect(compare()).toMatchObject({ status: 1, said: expect.stringMatching(/openapi\.yaml:\d+:\d+ /) })
  })
})
