import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { build } from '../src/build.ts'
import { dist } from './browser.ts'
import { document } from './contract.ts'
import { temporaryFolder } from './temporary-folder.ts'

const out = temporaryFolder()

describe('dist/', () => {
  it('holds the page, its plain forms and the contract, and nothing else', () => {
    expect(readdirSync(dist).sort()).toEqual([
      'SOURCES.md',
      'index.html',
      'openapi.json',
      'openapi.yaml',
      'reference.html',
      'reference.md',
      'sources.html',
      'workflows.arazzo.yaml',
    ])
  })

  it.each(['openapi.yaml', 'workflows.arazzo.yaml', 'SOURCES.md'])('offers %s as it was written', (file) => {
    expect(readFileSync(join(dist, file), 'utf8')).toBe(readFileSync(join(dist, '../../../spec', file), 'utf8'))
  })

  it('is the same bytes when built again', async () => {
    await build(document, out)
    for (const file of readdirSync(dist)) {
      expect(readFileSync(join(out, file)).equals(readFileSync(join(dist, file))), file).toBe(true)
    }
  })

  it('keeps the page within 2.8 MB, and 0.76 MB with gzip', () => {
    const page = readFileSync(join(dist, 'index.html'))
    expect(page.length).toBeLessThanOrEqual(2_800_000)
    expect(gzipSync(page).length).toBeLessThanOrEqual(760_000)
  })
})
