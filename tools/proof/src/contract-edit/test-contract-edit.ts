import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

// `pnpm test:contract-edit`: in a copy of the repository, the contract gains an optional query parameter, a POST and a
// DELETE. After `pnpm generate`, every check and every test must pass with no other edit.
const root = join(import.meta.dirname, '../../../..')
const copy = mkdtempSync(join(tmpdir(), 'contract-edit-'))

const parameter = (indent: string) =>
  [
    '- name: note',
    '  in: query',
    '  description: Free text for the log. This parameter exists in tests only.',
    '  x-evidence: assumed',
    '  schema: { type: string, maxLength: 40, examples: [nightly] }',
  ]
    .map((line) => `${indent}  ${line}\n`)
    .join('')

/** The contract with the edits, in the next minor version after the released one. */
function edited(contract: string, released: string): string {
  const [, major, minor] = /^ {2}version: (\d+)\.(\d+)\./m.exec(released) ?? []
  const operations = readFileSync(join(import.meta.dirname, 'operations.yaml'), 'utf8')
  return contract
    .replace(/^ {2}version: .*$/m, `  version: ${major}.${Number(minor) + 1}.0`)
    .replace(/^( +)parameters:\n/m, (line, indent) => line + parameter(indent))
    .replace('\ncomponents:\n', () => `\n${operations}\ncomponents:\n`)
}

function run(command: string, ...args: readonly string[]): string {
  const { status, error, stdout } = spawnSync(command, args, {
    cwd: copy,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed in the copy.\n${error ?? ''}${stdout}`)
  return stdout
}

function copyRepository(): void {
  const { stdout } = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
  })
  for (const file of stdout.split('\0').filter((name) => name !== '' && existsSync(join(root, name)))) {
    mkdirSync(join(copy, dirname(file)), { recursive: true })
    copyFileSync(join(root, file), join(copy, file))
  }
  run('git', 'init', '--quiet')
  run('git', 'add', '--all')
}

try {
  copyRepository()
  run('pnpm', 'install', '--frozen-lockfile', '--prefer-offline')
  const contract = join(copy, 'spec/openapi.yaml')
  const released = readFileSync(join(copy, 'spec/baseline/openapi.yaml'), 'utf8')
  writeFileSync(contract, edited(readFileSync(contract, 'utf8'), released))
  run('pnpm', 'run', 'generate')
  console.log(run('pnpm', 'run', 'test').trimEnd().split('\n').at(-1))
} catch (error) {
  console.error(String(error))
  console.error('An edit of spec/openapi.yaml alone must pass. A test that needs particular calls should use the test')
  console.error('contract (tools/contract/test/fixtures/installs.yaml); others should derive what they expect.')
  process.exitCode = 1
} finally {
  rmSync(copy, { recursive: true, force: true })
}
