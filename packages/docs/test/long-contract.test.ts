import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { readContract } from '@image-install-queue/contract/old/index'
import type { Oas3_1Definition } from '@redocly/openapi-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { build } from '../src/build.ts'
import { decorate } from '../src/decorate.ts'
import { inBrowser } from './browser.ts'
import { temporaryFolder } from './temporary-folder.ts'

const yaml = join(import.meta.dirname, 'fixtures/library.yaml')
const out = temporaryFolder()
const { document: library } = await readContract(yaml)

/** The library, with so many more calls that lend something. */
function withMore(calls: number): Oas3_1Definition {
  const document = structuredClone(library)
  for (let index = 1; index <= calls; index++) {
    const lend = { operationId: `lend${index}`, summary: `Lend from shelf ${index}`, tags: ['Shelves'] }
    document.paths = { ...document.paths, [`/shelves/${index}`]: { post: { ...lend, responses: {} } } }
  }
  return document
}

const long = withMore(18)

describe('the document for Redoc', () => {
  it('unfolds twenty calls, and folds twenty-one', () => {
    expect(decorate(withMore(17), () => []).tags?.[0]).toEqual({ name: '' })
    expect(
      decorate(long, () => [])
        .tags?.slice(0, 3)
        .map(({ name }) => name),
    ).toEqual(['Loans', 'Shelves', 'Authentication'])
  })

  it('has the first section of the introduction before few calls, and after many', () => {
    const told = (document: Oas3_1Definition) => {
      const info = {
        title: 'Library',
        version: '1.0.0',
        description: 'All.\n\n## Rules\n\nHush.\n\n## Hours\n\nAlways.\n',
      }
      return decorate({ ...document, info }, () => []).tags?.map(({ name }) => name)
    }
    expect(told(withMore(0))).toEqual(['Rules', '', 'Scenarios', 'Authentication', 'Hours', 'Loans', 'Shelves'])
    expect(told(long)).toEqual(['Loans', 'Shelves', 'Authentication', 'Rules', 'Hours'])
  })

  it('keeps the tags of many calls, does not list them, and leaves shapes and scenarios to the plain page', () => {
    const { info, paths, tags, components } = decorate(long, () => [])
    expect(paths?.['/loans']).toHaveProperty('get.tags', ['Loans'])
    expect(info?.description).toContain('[plain page](reference.html)')
    expect(info?.description).not.toContain('/loans')
    expect(tags?.map(({ name }) => name)).not.toContain('Scenarios')
    expect(JSON.stringify(components?.responses)).not.toContain('always there')
  })
})

inBrowser('the page of a long contract', (open) => {
  const url = pathToFileURL(join(out, 'index.html')).href
  beforeAll(() => build({ document: long, yaml, samples: join(out, 'none'), out }))

  it('leads from a tag to its calls', async () => {
    const page = await open({ url, ready: 'Shelves' })
    expect(await page.getByText('Lend from shelf 9').filter({ visible: true }).count()).toBe(0)
    await page.getByRole('link', { name: 'Shelves' }).first().click()
    await page.getByText('Lend from shelf 9').filter({ visible: true }).first().waitFor()
  })

  it('leads readers without JavaScript to the plain page', async () => {
    const page = await open({ url, javaScriptEnabled: false })
    await page.getByRole('link', { name: 'plain page' }).click()
    await page.getByRole('heading', { name: 'Lend from shelf 18' }).waitFor()
  })
})
