import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { brokenTypes } from '../src/compile.ts'

const released = createRequire(import.meta.url).resolve('@image-install-queue/spec/openapi.yaml')
const source = readFileSync(released, 'utf8')
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'released-types-test-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

type Change = readonly [from: string | RegExp, to: string]

/** What the compiler says about code for the real contract once these changes are made to it. */
async function compileAfter(...changes: readonly Change[]): Promise<string> {
  const changed = changes.reduce((text, [from, to]) => {
    expect(text).toMatch(from)
    return text.replace(from, to)
  }, source)
  const file = join(folder, 'changed.yaml')
  writeFileSync(file, changed)
  return (await brokenTypes(released, file)).join('\n')
}

describe('code written for the released types', { timeout: 60_000 }, () => {
  it('compiles when a field, a parameter that may be left out and a schema are added', async () => {
    const described = 'description: New., x-evidence: assumed'
    const said = await compileAfter(
      ['        jobupdated:\n', `        jobnote: { type: string, ${described} }\n        jobupdated:\n`],
      [
        '      responses:\n',
        `        - { name: note, in: query, schema: { type: string }, ${described} }\n      responses:\n`,
      ],
      ['  schemas:\n', `  schemas:\n    Note: { type: object, ${described} }\n`],
    )
    expect(said).toBe('')
  })

  it('does not compile when a field is gone or holds more, an input takes other values, or a schema is renamed', async () => {
    const said = await compileAfter(
      [/ {8}jobeta: \{ \$ref.*\n/, ''],
      [/(JobTime:\n(?: +[dx].*\n)+ +type:) integer/, '$1 [integer, "null"]'],
      ['schema: { type: boolean }', 'schema: { type: string }'],
      [/\bJobState\b/g, 'State'],
    )
    expect(said).toMatch(/Type '"jobeta"' is not assignable to type/)
    expect(said).toMatch(/Type 'number \| null' is not assignable to type 'number'/)
    expect(said).toMatch(/Type 'boolean' is not assignable to type 'string'/)
    expect(said).toMatch(/Type '"JobState"' does not satisfy the constraint/)
  })

  it('compiles for a contract with bodies, a default answer and calls without a name, and sees an input that goes', async () => {
    const parcels = join(import.meta.dirname, '../../swap/test/fixtures/parcels.yaml')
    const file = join(folder, 'parcels.yaml')
    expect(await brokenTypes(parcels, parcels)).toEqual([])
    writeFileSync(file, readFileSync(parcels, 'utf8').replace(/(kind: .*\n) +tags: .*\n/, '$1'))
    expect((await brokenTypes(parcels, file)).join('\n')).toMatch(/Type '"tags"' is not assignable to type/)
  })
})
