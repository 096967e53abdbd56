import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packAll, type Tarball } from '../../src/packed/install.ts'
import { attwFindings, publintFindings } from './gates.ts'

const folder = mkdtempSync(join(tmpdir(), 'packed-shape-'))
const names = ['spec', 'client', 'mock', 'cli'] as const
let tarballs: Record<(typeof names)[number], Tarball>

beforeAll(async () => {
  tarballs = await packAll(folder)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// A bundler names a chunk after its contents, which is not what a listing is about.
const listing = ({ files }: Tarball) =>
  files
    .map((path) => path.replace(/-[A-Z0-9]{8}\.js$/, '-HASH.js'))
    .toSorted()
    .join('\n')
    .concat('\n')
const mend = 'if each change is meant, run: pnpm exec vitest run --project tools proof/test/packed/shape --update'

describe('the files of each tarball', () => {
  test.each(names)('are those on the list of %s', async (name) => {
    await expect(listing(tarballs[name]), mend).toMatchFileSnapshot(`../../listings/${name}.txt`)
  })
})

describe('publint', () => {
  test.each(names)('finds nothing in %s', async (name) => {
    expect(await publintFindings(tarballs[name])).toEqual([])
  })
})

describe('are the types wrong', () => {
  test.each(['client', 'mock', 'cli'] as const)('finds nothing in %s', async (name) => {
    expect(await attwFindings(tarballs[name])).toBe('')
  })
})
