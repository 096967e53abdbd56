import { execFile } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { copyWorkspace } from '../../src/copy-workspace.ts'

const workspace = copyWorkspace()
const contract = workspace.path('spec/openapi.yaml')
const tsc = workspace.path('node_modules/typescript/bin/tsc')
afterAll(() => workspace[Symbol.dispose]())

/** Runs a program of the copy and gives what it prints; a program that fails makes the test fail with what it printed. */
async function run(folder: string, ...command: readonly string[]): Promise<string> {
  const env = { ...process.env, PATH: [workspace.path('node_modules/.bin'), process.env.PATH].join(delimiter) }
  const ran = promisify(execFile)(process.execPath, command, { cwd: workspace.path(folder), env })
  const { stdout } = await ran.catch((error) => {
    throw new Error(`${command.join(' ')}\n${error.stdout}${error.stderr}`)
  })
  return stdout
}

/** What `pnpm generate` and `pnpm build` run, without pnpm. */
async function generateAndBuild(): Promise<void> {
  const codegen = workspace.path('tools/codegen/src/cli.ts')
  await run('spec', workspace.path('tools/contract/src/cli.ts'), 'json')
  await run('packages/client', codegen, 'client')
  await run('packages/mock', codegen, 'mock')
  await run('packages/client', tsc, '-p', 'tsconfig.build.json')
  await run('packages/mock', 'build/build.ts')
  await run('packages/docs', 'src/build.ts')
}

/** Type-checks a program that uses the built client and mock, then runs it. */
async function use(folder: string): Promise<string[]> {
  await run('tools/proof', tsc, '-p', `test/growth/${folder}`)
  return (await run('tools/proof', `test/growth/${folder}/use.ts`)).trimEnd().split('\n')
}

const page = (name: string) => readFileSync(workspace.path('packages/docs/dist', name), 'utf8')

describe('another contract in the place of ours, with no other file edited', { timeout: 300_000 }, () => {
  it('is generated, type-checked and built', async () => {
    cpSync(join(import.meta.dirname, 'parcels.yaml'), contract)
    await generateAndBuild()
  })

  it('is called through the client and answered by the mock', async () => {
    expect(await use('three')).toEqual([
      '2 pages, fragile: yes',
      '0',
      '1',
      '201 2',
      'undefined',
      '201 rejected No such kind',
      '404 rejected No such parcel',
      'depot: refused',
      'status: refused',
      'header: refused',
      'body: refused',
      '200 401',
      'the key is redacted',
    ])
  })

  it('is rendered, with nothing left of the contract it replaced', () => {
    const shown = ['Parcel desk', '/depots/{depot}/parcels', 'X-Trace-Id', 'lost in transit']
    const replaced = ['imageinstall', 'accountserviceid']
    for (const name of ['index.html', 'reference.html', 'reference.md']) {
      const text = page(name)
      expect({ name, missing: shown.filter((part) => !text.includes(part)) }).toEqual({ name, missing: [] })
      expect({ name, left: replaced.filter((part) => text.includes(part)) }).toEqual({ name, left: [] })
    }
  })

  it('grows by an operation through an edit of the contract alone', async () => {
    const operation = readFileSync(join(import.meta.dirname, 'weigh-parcels.yaml'), 'utf8')
    const source = readFileSync(contract, 'utf8')
    writeFileSync(contract, source.replace('\ncomponents:\n', `\n${operation}components:\n`))
    await generateAndBuild()
    expect(await use('four')).toEqual(['1.5'])
    expect(page('reference.md')).toContain('Weigh parcels')
  })
})
