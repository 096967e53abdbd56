import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pack, packAll, type Tarball } from '../src/install.ts'
import { attwFindings, publintFindings } from './gates.ts'

const folder = mkdtempSync(join(tmpdir(), 'packed-shape-'))
const names = ['spec', 'client', 'mock'] as const
let tarballs: Record<(typeof names)[number], Tarball>
let broken: Tarball

beforeAll(async () => {
  tarballs = await packAll(folder)
  broken = await pack(join(import.meta.dirname, 'broken-package'), folder)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// A bundler names a chunk after its contents, which is not what a listing is about.
const listing = ({ files }: Tarball) =>
  files
    .map((path) => path.replace(/-[A-Z0-9]{8}\.js$/, '-HASH.js'))
    .toSorted()
    .join('\n')
    .concat('\n')
const mend = 'if each change is meant, run: pnpm exec vitest run --project tools packed/test/shape --update'

describe('the files of each tarball', () => {
  test.each(names)('are those on the list of %s', async (name) => {
    await expect(listing(tarballs[name]), mend).toMatchFileSnapshot(`../listings/${name}.txt`)
  })
})

describe('publint', () => {
  test.each(names)('finds nothing in %s', async (name) => {
    expect(await publintFindings(tarballs[name])).toEqual([])
  })

  test('finds what is wrong with a broken package', async () => {
    expect((await publintFindings(broken)).join()).toContain('does not exist')
  })
})

describe('are the types wrong', () => {
  test.each(['client', 'mock'] as const)('finds nothing in %s', async (name) => {
    expect(await attwFindings(tarballs[name])).toBe('')
  })

  test('finds what is wrong with a broken package', async () => {
    expect(await attwFindings(broken)).toContain('Resolution failed')
  })

  test('finds that a package has no types', async () => {
    expect(await attwFindings(tarballs.spec)).toContain('does not contain types')
  })
})
