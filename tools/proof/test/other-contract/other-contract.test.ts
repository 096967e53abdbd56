import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'

// A copy of the workspace with its builds. Installed packages are linked, so programs must run without pnpm, which would
// install into the original.
const root = join(import.meta.dirname, '../../../..')
const workspace = mkdtempSync(join(tmpdir(), 'other-contract-'))
const path = (...segments: readonly string[]) => join(workspace, ...segments)
const installed = join(root, 'node_modules')
const leftBehind = new Set(['.git', '.pnpm', '.turbo', 'coverage'])
cpSync(root, workspace, {
  recursive: true,
  verbatimSymlinks: true,
  filter: (source) => source !== installed && !leftBehind.has(basename(source)),
})
symlinkSync(installed, path('node_modules'), 'junction')
afterAll(() => rmSync(workspace, { recursive: true, force: true }))

const tsc = path('node_modules/typescript/bin/tsc')

/** Runs a program in the copy and returns its output. If the program fails, the error contains the output. */
async function run(folder: string, ...command: readonly string[]): Promise<string> {
  const env = { ...process.env, PATH: [path('node_modules/.bin'), process.env.PATH].join(delimiter) }
  const ran = promisify(execFile)(process.execPath, command, { cwd: path(folder), env })
  const { stdout } = await ran.catch((error) => {
    throw new Error(`${command.join(' ')}\n${error.stdout}${error.stderr}`)
  })
  return stdout
}

/** Runs the steps of `pnpm generate` and `pnpm build`. */
async function generateAndBuild(): Promise<void> {
  const codegen = path('tools/codegen/src/cli.ts')
  await run('spec', path('tools/contract/src/cli.ts'), 'json')
  await run('packages/client', codegen, 'client')
  await run('packages/mock', codegen, 'mock')
  await run('packages/client', tsc, '-p', 'tsconfig.build.json')
  await run('packages/mock', 'build/build.ts')
  await run('packages/docs', 'src/build.ts')
}

/** Type-checks a program that uses the built client and mock, runs it, and returns its output lines. */
async function useClientAndMock(): Promise<string[]> {
  await run('tools/proof', tsc, '-p', 'test/other-contract')
  return (await run('tools/proof', 'test/other-contract/use.ts')).trimEnd().split('\n')
}

const page = (name: string) => readFileSync(path('packages/docs/dist', name), 'utf8')

describe('another contract in place of the real one, with no other file edited', { timeout: 300_000 }, () => {
  it('is generated, type-checked and built', async () => {
    cpSync(join(import.meta.dirname, 'parcels.yaml'), path('spec/openapi.yaml'))
    await generateAndBuild()
  })

  it('works through the client and the mock', async () => {
    expect(await useClientAndMock()).toEqual([
      '2 pages, fragile: yes',
      '0',
      '1',
      '201 2',
      'undefined',
      '201 rejected No such kind',
      '404 rejected No such parcel',
      'depot: rejected',
      'status: rejected',
      'header: rejected',
      'body: rejected',
      '200 401',
      'the key is redacted',
    ])
  })

  it('is rendered without any string of the contract it replaced', () => {
    const shown = ['Parcel desk', '/depots/{depot}/parcels', 'X-Trace-Id', 'lost in transit']
    const replaced = ['imageinstall', 'accountserviceid']
    for (const name of ['index.html', 'reference.html', 'reference.md']) {
      const text = page(name)
      expect({ name, missing: shown.filter((part) => !text.includes(part)) }).toEqual({ name, missing: [] })
      expect({ name, left: replaced.filter((part) => text.includes(part)) }).toEqual({ name, left: [] })
    }
  })
})
