import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { build } from '../../src/build.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { dist, document } from './contract.ts'

const out = temporaryFolder()

describe('the built documentation', () => {
  it('is the page, its plain forms and the contract', () => {
    expect(readdirSync(dist).sort()).toEqual([
      'SOURCES.md',
      'index.html',
      'llms.txt',
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

  it('is the same bytes when built again', () => {
    build(document, out)
    for (const file of readdirSync(dist)) {
      expect(readFileSync(join(out, file)).equals(readFileSync(join(dist, file))), file).toBe(true)
    }
  })

  it('has a page of at most 2.6 MB, and 0.72 MB with gzip', () => {
    const page = readFileSync(join(dist, 'index.html'))
    expect(page.length).toBeLessThanOrEqual(2_600_000)
    expect(gzipSync(page).length).toBeLessThanOrEqual(720_000)
  })

  it.each(['index.html', 'reference.html', 'reference.md', 'llms.txt'])('has every file that %s links to', (file) => {
    const text = readFileSync(join(dist, file), 'utf8').replace(/<script[\s\S]*?<\/script>/g, '')
    const links = [...text.matchAll(/(?:href="|\]\()([^":)#]+\.(?:html|md|ya?ml|json))/g)].map(([, name = '']) => name)
    expect(links.length).toBeGreaterThan(0)
    for (const name of links) expect(readFileSync(join(dist, name), 'utf8')).not.toBe('')
  })
})
