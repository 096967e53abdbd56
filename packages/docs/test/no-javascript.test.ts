import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { resolver } from '@image-install-queue/contract/old/resolve'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { fields } from '../src/schemas.ts'
import { dist, inBrowser } from './browser.ts'
import { document, namesInContract, operations } from './contract.ts'

/** The words that head the rows of a section's tables, and its headings and examples, by the section's heading. */
function places(page: Page): Promise<Record<string, string[]>> {
  return page.locator('main:visible').evaluate((main) => {
    const found: Record<string, string[]> = {}
    let section = ''
    const words = (element: Element) => element.textContent?.trim() ?? ''
    for (const element of main.querySelectorAll('h1, h2, h3, td:first-child, summary > code')) {
      if (/^H/.test(element.tagName)) section = words(element)
      found[section] = [...(found[section] ?? []), words(element)]
    }
    return found
  })
}

inBrowser('with JavaScript off', (open) => {
  it.each(['index.html', 'reference.html'])('%s holds every name of the contract in its place', async (file) => {
    const found = await places(await open({ file, javaScriptEnabled: false }))
    const resolve = resolver(document)
    for (const { parameters, responses, answers } of operations) {
      expect(found.Parameters).toEqual(['Parameters', ...parameters.map(({ name, in: at }) => `${name} in ${at}`)])
      expect(found.Responses).toEqual(expect.arrayContaining([...responses.keys()]))
      const names = answers.map(({ name }) => name)
      expect(found.Scenarios).toEqual(['Scenarios', ...names])
      expect(found['Example answers']).toEqual(['Example answers', ...names])
    }
    for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
      const names = fields(schema, resolve).map((field) => field.name)
      expect(found[`Schema ${name}`]).toEqual(expect.arrayContaining([`Schema ${name}`, ...names]))
    }
    expect(found.Servers).toEqual(['Servers', ...(document.servers ?? []).map(({ url }) => url)])
    const headings = [...(document.info?.description ?? '').matchAll(/^## (.*)$/gm)].map((match) => match[1])
    expect(headings.length).toBeGreaterThan(0)
    expect(Object.keys(found)).toEqual(expect.arrayContaining(headings))
  })

  it('names the call on the first screen, and leads to it', async () => {
    const page = await open({ file: 'reference.html', javaScriptEnabled: false })
    await page.locator('main li a').first().click()
    expect(await page.locator(':target').innerText()).toBe('Queue an image install')
  })

  it('shows an example answer at a click', async () => {
    const page = await open({ file: 'reference.html', javaScriptEnabled: false })
    const example = page.locator('details', { hasText: 'imageLocked' })
    await example.locator('summary').click()
    await example.getByText('image locked by diffid').waitFor()
  })

  it('follows the link from a response to its schema', async () => {
    const page = await open({ file: 'reference.html', javaScriptEnabled: false })
    await page.getByRole('link', { name: 'MachineJob' }).first().click()
    expect(page.url()).toMatch(/#schema-machinejob$/)
    expect(await page.locator(':target').innerText()).toBe('Schema MachineJob')
  })
})

describe('reference.md', () => {
  it('holds every name of the contract, and the samples', () => {
    const text = readFileSync(join(dist, 'reference.md'), 'utf8')
    expect(namesInContract().filter((name) => !text.includes(name))).toEqual([])
    expect(text).toContain("from '@image-install-queue/client'")
  })
})
