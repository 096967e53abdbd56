import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { samplesOf } from '../src/samples.ts'
import { dist, inBrowser } from './browser.ts'
import { document as contract, operations } from './contract.ts'

/** Opens the search, which hears no key while an earlier one is closing, and asks for a word. */
async function search(page: Page, word: string): Promise<void> {
  const box = page.getByRole('textbox')
  const isOpen = async () => {
    if (!(await box.isVisible())) await page.keyboard.press('Control+k')
    return box.isVisible()
  }
  await expect.poll(isOpen).toBe(true)
  await box.fill(word)
}

inBrowser('search', (_, shared) => {
  it.each(['versionmirrorid', 'Squashed'])('finds %s', async (word) => {
    const page = await shared()
    await search(page, word)
    await page.getByRole('dialog').getByRole('link', { name: word }).first().click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await inView(page, `[data-section-id="${new URL(page.url()).hash.slice(1).split('#')[0]}"]`)
  })

  it.each([
    ['accountserviceid', 'accountserviceid'],
    ['Rate limits', 'Unknowns'],
  ])('of %s by the keyboard leaves the focus at what was found', async (word, found) => {
    const page = await shared()
    await search(page, word)
    await page.getByRole('dialog').getByRole('link', { name: word }).first().press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => page.locator('main :focus').textContent()).toContain(found)
  })
})

inBrowser('links', (open, shared) => {
  it('a deep link opens at the call', async () => {
    const page = await open({ file: 'index.html#/other/queueimageinstall' })
    await inView(page, '[id="other/queueimageinstall"] h2')
  })

  it.each(['queueImageInstall', '/nowhere'])('an unknown fragment, %s, shows the page', async (fragment) => {
    const page = await open({ file: `index.html#${fragment}` })
    await page.getByRole('heading', { level: 1, name: 'Clanforge image install queue' }).waitFor()
    expect(await page.locator('.not-found-page').count()).toBe(0)
  })

  it('every address in the sidebar opens its section in a new tab', async () => {
    const page = await shared()
    const links = await page
      .locator('.menu-content a[data-discover]')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
    expect(links.length).toBeGreaterThan(5)
    expect(links.filter((link) => !link.startsWith('#/'))).toEqual([])
    const [tab] = await Promise.all([
      page.context().waitForEvent('page'),
      page.locator('.menu-content a', { hasText: 'What the mock answers' }).click({ modifiers: ['ControlOrMeta'] }),
    ])
    await inView(tab, '[data-section-id="/what-the-mock-answers"]')
  })

  it('the path in the introduction leads to the call', async () => {
    const page = await shared()
    await page.locator('main li a').first().click()
    await page.waitForURL(/#\/other\/queueimageinstall$/)
    await inView(page, '[id="other/queueimageinstall"] h2')
  })

  it('the introduction leads to a workflow, every form of the page and the contract', async () => {
    const page = await shared()
    const links = await page
      .locator('[data-section-id="/"] a[href]:not([href^="#"]):not([href^="http"])')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
    const forms = ['index.html', 'reference.html', 'reference.md']
    expect(links).toEqual(['workflows.arazzo.yaml', ...forms, 'openapi.yaml', 'openapi.json'])
    for (const link of links) expect(readFileSync(join(dist, link), 'utf8')).not.toBe('')
  })

  it('no menu offers the document that was written for Redoc in place of the contract', async () => {
    const page = await shared()
    const menus = page.getByTestId('page-actions')
    await menus.first().waitFor({ state: 'attached' })
    expect(await menus.filter({ visible: true }).count()).toBe(0)
  })
})

inBrowser('samples and examples', (_, shared) => {
  it.each(operations)('shows the samples of $operationId whole, and copies the one shown', async (operation) => {
    const page = await shared()
    const panel = page.locator(call(operation.operationId)).locator('.panel-request-samples')
    const switcher = panel.locator('[aria-haspopup="menu"]').last()
    for (const { label, source } of samplesOf(operation, contract).reverse()) {
      await switcher.click()
      await page.getByRole('menuitem', { name: label }).click()
      await panel.locator('pre', { hasText: source.split('\n').at(-1) ?? '' }).waitFor()
      expect(await panel.locator('pre').evaluate((pre) => pre.scrollWidth - pre.clientWidth)).toBe(0)
      expect(await copied(page, panel)).toBe(source)
    }
  })

  it.each(operations)('switches between all examples of $operationId, and copies the one shown', async (operation) => {
    const page = await shared()
    const panel = page.locator(call(operation.operationId)).locator('.panel-response-samples')
    let shown = '200'
    for (const { status, summary, value } of operation.examples) {
      if (status !== shown) await panel.getByRole('button', { name: status, exact: true }).click()
      shown = status
      const switcher = panel.locator('[aria-haspopup="menu"]')
      if (await switcher.count()) {
        await switcher.click()
        await page.getByRole('menuitem', { name: summary ?? '' }).click()
        await switcher.getByText(summary ?? '').waitFor()
      }
      expect(JSON.parse(await copied(page, panel))).toEqual(value)
    }
  })

  it('copies a command of the text', async () => {
    const page = await shared()
    await page.getByRole('button', { name: 'Copy npx -y pnpm@12 mock' }).click()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('npx -y pnpm@12 mock\n')
  })
})

const call = (operationId: string) => `[data-section-id="/other/${operationId.toLowerCase()}"]`

async function inView(page: Page, selector: string): Promise<void> {
  await page.waitForFunction((wanted) => {
    const box = document.querySelector(wanted)?.getBoundingClientRect()
    return box !== undefined && box.height > 0 && box.top < innerHeight && box.bottom > 0
  }, selector)
}

async function copied(page: Page, panel: Locator): Promise<string> {
  await page.evaluate(() => navigator.clipboard.writeText(''))
  await panel.locator('[data-testid="copy-button"]').last().click()
  await page.waitForFunction(async () => (await navigator.clipboard.readText()) !== '')
  return page.evaluate(() => navigator.clipboard.readText())
}

describe('every relative link of the pages', () => {
  it.each(['index.html', 'reference.html', 'reference.md'])('of %s leads to a file beside it', (file) => {
    const text = readFileSync(join(dist, file), 'utf8').replace(/<script[\s\S]*?<\/script>/g, '')
    const links = [...text.matchAll(/(?:href="|\]\()([^":)#]+\.(?:html|md|ya?ml|json))/g)].map(
      (match) => match[1] ?? '',
    )
    expect(links.length).toBeGreaterThan(0)
    for (const link of links) expect(readFileSync(join(dist, link), 'utf8')).not.toBe('')
  })
})
