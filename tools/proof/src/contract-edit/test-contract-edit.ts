import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { copyRepository } from '../copy-repository.ts'

// `pnpm test:contract-edit`: in a copy of the repository, the contract gains an optional query parameter, a POST and a
// DELETE. After `pnpm generate`, every check and every test must pass with no other edit.
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

/** The contract with the edits, in the next minor version, which additions require at most. */
function edited(contract: string): string {
  const operations = readFileSync(join(import.meta.dirname, 'operations.yaml'), 'utf8')
  return contract
    .replace(/^( {2}version: \d+)\.(\d+).*$/m, (_, start, minor) => `${start}.${Number(minor) + 1}.0`)
    .replace(/^( +)parameters:\n/m, (line, indent) => line + parameter(indent))
    .replace('\ncomponents:\n', () => `\n${operations}\ncomponents:\n`)
}

try {
  using copy = await copyRepository()
  const contract = copy.path('spec/openapi.yaml')
  writeFileSync(contract, edited(readFileSync(contract, 'utf8')))
  await copy.run('pnpm', ['run', 'generate'])
  const printed = await copy.run('pnpm', ['run', 'test'])
  console.log(printed.trimEnd().split('\n').at(-1))
} catch (error) {
  console.error(String(error))
  console.error('An edit of spec/openapi.yaml alone must pass. A test that needs particular calls should use the test')
  console.error('contract (tools/contract/test/fixtures/installs.yaml); others should derive what they expect.')
  process.exitCode = 1
}
