import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { samplesOf } from '../src/samples.ts'
import { inBrowser, interactive, inView, sharedPage, tooWide } from './browser.ts'
import { document as contract, operations, sections, site } from './site.ts'

const index = join(site, 'index.html')
const shared = sharedPage(index)

inBrowser('the interactive view', (open) => {
  it('has the sections of the documentation in its sidebar', async () => {
    const page = await shared()
    const entries = page.locator('.menu-content [data-testid="menu-item-label"] [data-text]')
    expect((await entries.allTextContents()).slice(1)).toEqual(sections.map(({ title }) => title))
  })

  it.each([
    { width: 1024, height: 768 },
    { width: 390, height: 844 },
    { width: 320, height: 700 },
  ])('has all of its text and scrolls nothing sideways at $width px', async (viewport) => {
    const page = await open({ url: index, viewport })
    const headings = await (await shared()).locator('#redoc main h2').allTextContents()
    expect(await page.locator('#redoc main h2').allTextContents()).toEqual(headings)
    for (const text of ['versionmirrorid', 'Rocket Science Group', 'jobid=4004']) {
      expect(await page.locator('#redoc main').innerText()).toContain(text)
    }
    // No response of this contract has headers.
    expect(await page.locator('#redoc main').innerText()).not.toContain('Headers')
    const hidden = await page
      .locator('#redoc main *')
      .evaluateAll((all) => all.filter((one) => getComputedStyle(one).contentVisibility !== 'visible').length)
    expect(hidden).toBe(0)
    expect(await tooWide(page, '#redoc main, #redoc main table')).toEqual([])
    const cell = page.locator('#redoc td[data-label="meaning"]').first()
    const name = () => cell.evaluate((element) => getComputedStyle(element, '::before').content)
    if (viewport.width < 768) await expect.poll(name).toBe('"meaning: "')
  })

  it('shows the evidence of every parameter, linked to its meaning', async () => {
    const page = await shared()
    for (const { name } of operations[0]?.parameters ?? []) {
      const item = page.locator('.schema-property-item', { has: page.getByText(name, { exact: true }) }).first()
      const chip = item.locator('a[title]')
      expect(await chip.innerText()).toMatch(/^(documented|observed|inferred|assumed)$/)
      expect(await chip.getAttribute('href')).toBe('#/how-sure-is-this')
    }
  })

  it('shows a table of what distinguishes the variants of a body', async () => {
    const table = (await shared()).locator('#redoc table', { hasText: 'MachineJob' }).first()
    expect(await table.locator('th').allTextContents()).toEqual(['field', 'MirrorJob', 'MachineJob', 'ErrorEnvelope'])
    const row = table.locator('tr', { hasText: 'versionmirrorid' })
    expect(await row.locator('td').allTextContents()).toEqual(['versionmirrorid', 'required', '–', '–'])
  })

  it('has sidebar links that open their section in a new tab', async () => {
    const page = await shared()
    const [tab] = await Promise.all([
      page.context().waitForEvent('page'),
      page.locator('.menu-content a', { hasText: 'Mock responses' }).click({ modifiers: ['ControlOrMeta'] }),
    ])
    await inView(tab, '[data-section-id="/mock-responses"]')
    await tab.close()
  })

  it('leads from the list of calls to the call', async () => {
    const page = await shared()
    await page.locator('#redoc main li a').first().click()
    await page.waitForURL(/#\/other\/queueimageinstall$/)
    await inView(page, '[data-section-id="/other/queueimageinstall"] h2')
  })

  it.each(['versionmirrorid', 'Squashed'])('finds %s', async (word) => {
    const page = await shared()
    await page.getByTestId('search-trigger').first().click()
    const search = page.getByTestId('search-dialog')
    await search.getByRole('textbox').fill(word)
    await search.getByRole('link', { name: word }).first().click()
    await search.waitFor({ state: 'detached' })
    await inView(page, `[data-section-id="${new URL(page.url()).hash.slice(1).split('#')[0]}"]`)
  })

  it('does not offer the document that was written for Redoc in place of the contract', async () => {
    const menus = (await shared()).getByTestId('page-actions')
    await menus.first().waitFor({ state: 'attached' })
    expect(await menus.filter({ visible: true }).count()).toBe(0)
  })

  it.each(operations)('shows each sample of $operationId whole', async (operation) => {
    const page = await shared()
    const panel = page.locator(
      `[data-section-id="/other/${operation.operationId.toLowerCase()}"] .panel-request-samples`,
    )
    for (const { label, source } of samplesOf(operation, contract).reverse()) {
      await panel.locator('[aria-haspopup="menu"]').last().click()
      await page.getByRole('menuitem', { name: label }).click()
      const sample = panel.locator('pre', { hasText: source.split('\n').at(-1) ?? '' })
      expect(await sample.evaluate((pre) => pre.scrollWidth - pre.clientWidth)).toBe(0)
    }
  })

  it('folds no part of an example', async () => {
    const examples = (await shared()).locator('.panel-response-samples')
    expect(await examples.nth(1).innerText()).toContain('jobid')
    expect(await examples.filter({ hasText: '…' }).count()).toBe(0)
  })
})

inBrowser('the copy buttons', (open) => {
  const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText())

  it('copy a command of the text', async () => {
    const page = await shared()
    await page.locator('#redoc').getByTitle('npx -y pnpm@12 mock').click()
    expect(await clipboard(page)).toBe('npx -y pnpm@12 mock\n')
  })

  it.each(operations)('copy $operationId as Markdown, in both forms', async ({ path }) => {
    const page = await open({ url: index, bypassCSP: true, permissions: ['clipboard-read', 'clipboard-write'] })
    const heading = sections.find(({ call }) => call?.path === path)?.title
    for (const form of ['#redoc', '#reference']) {
      await page.evaluate(() => navigator.clipboard.writeText(''))
      await page.locator(form).getByTitle(`## ${heading}`, { exact: true }).click()
      await page.locator(form).getByText('Copied').waitFor()
      const text = await clipboard(page)
      expect(text.split('\n')[0]).toBe(`## ${heading}`)
      expect(text).toContain('### Responses')
      await page.locator('#form-switch').press('Enter')
    }
  })

  it('select the text and show how to copy it where the clipboard is denied', async () => {
    const deny = () => Object.defineProperty(navigator, 'clipboard', { value: undefined })
    const page = await open({ url: index, before: (page) => page.addInitScript(deny) })
    await page.locator('#redoc').getByTitle('npx -y pnpm@12 mock').click()
    await page.getByText('Selected: press Ctrl+C').waitFor()
    expect(await page.evaluate(() => String(getSelection()).trim())).toBe('npx -y pnpm@12 mock')
    await page.locator('#redoc').getByRole('button', { name: 'Copy as Markdown' }).first().click()
    expect(await page.evaluate(() => String(getSelection()))).toContain('### Parameters')
    await page.locator(interactive).waitFor()
  })
})
