import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packAll, type Tarball } from '../../src/packed/install.ts'
import { attwFindings, publintFindings } from './package-checks.ts'

const folder = mkdtempSync(join(tmpdir(), 'packed-shape-'))
const names = ['spec', 'client', 'mock', 'cli'] as const
let tarballs: Record<(typeof names)[number], Tarball>

beforeAll(async () => {
  tarballs = await packAll(folder)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// The names of bundled chunks contain a hash of their contents.
const listing = ({ files }: Tarball) =>
  files
    .map((path) => path.replace(/-[A-Z0-9]{8}\.js$/, '-HASH.js'))
    .toSorted()
    .join('\n')
    .concat('\n')
const remedy =
  'to accept an intended change, run: pnpm exec vitest run --project tools proof/test/packed/shape --update'

describe('the tarball', () => {
  test.each(names)('of %s has only the files on its list', async (name) => {
    await expect(listing(tarballs[name]), remedy).toMatchFileSnapshot(`../../listings/${name}.txt`)
  })
})

describe('publint', () => {
  test.each(names)('reports nothing for %s', async (name) => {
    expect(await publintFindings(tarballs[name])).toEqual([])
  })
})

describe('are the types wrong', () => {
  test.each(['client', 'mock', 'cli'] as const)('reports nothing for %s', async (name) => {
    expect(await attwFindings(tarballs[name])).toBe('')
  })
})
