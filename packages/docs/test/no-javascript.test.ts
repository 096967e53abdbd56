import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dist, inBrowser } from './browser.ts'
import { document, namesInContract } from './contract.ts'

inBrowser('with JavaScript off', (open) => {
  it.each(['index.html', 'reference.html'])('%s holds every name of the contract', async (file) => {
    const page = await open({ file, javaScriptEnabled: false })
    const text = await page.locator('main:visible').innerText()
    const answers = await page.locator('summary').allInnerTexts()
    const told = [text, ...answers].join('\n')
    expect(namesInContract().filter((name) => !told.includes(name))).toEqual([])
  })

  it.each(['index.html', 'reference.html'])('%s says what the introduction says', async (file) => {
    const page = await open({ file, javaScriptEnabled: false })
    const text = await page.locator('main:visible').innerText()
    const headings = [...(document.info?.description ?? '').matchAll(/^## (.*)$/gm)].map((match) => match[1])
    expect(headings.length).toBeGreaterThan(0)
    expect(headings.filter((heading) => !text.includes(heading ?? ''))).toEqual([])
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
