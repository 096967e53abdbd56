import { expect, it } from 'vitest'
import { inBrowser } from './browser.ts'
import { operations, sections } from './contract.ts'

inBrowser('the page as it opens', (open, shared) => {
  it.each([
    { width: 1024, height: 768 },
    { width: 390, height: 844 },
  ])('has all of its text and headings at $width px, for find and screen readers', async (viewport) => {
    const page = await open({ viewport })
    const read = () => page.locator('main h1, main h2').allTextContents()
    const wide = await (await shared()).locator('main h1, main h2').allTextContents()
    expect(wide.length).toBeGreaterThan(10)
    await expect.poll(read).toEqual(wide)
    for (const text of ['Rate limits', 'versionmirrorid', 'Rocket Science Group', 'jobid=4004']) {
      expect(await page.locator('main').innerText()).toContain(text)
    }
    const hidden = await page
      .locator('main *')
      .evaluateAll((all) => all.filter((one) => getComputedStyle(one).contentVisibility !== 'visible').length)
    expect(hidden).toBe(0)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width)
    const line = page.locator('main li', { hasText: operations[0]?.path ?? '' }).first()
    const box = await line.boundingBox()
    expect(box && box.y >= 0 && box.y + box.height <= viewport.height).toBe(true)
  })

  it('has its sections in the order of use', async () => {
    const entries = (await shared()).locator('.menu-content [data-testid="menu-item-label"] [data-text]')
    expect((await entries.allTextContents()).slice(1)).toEqual(sections)
  })

  it('offers no control that does nothing', async () => {
    const page = await shared()
    const dead = page.locator('main :is(select, button)', { hasText: /application\/json|View security details/ })
    expect(await dead.filter({ visible: true }).count()).toBe(0)
    const servers = page.locator('.panel-request-samples button', { hasText: operations[0]?.path ?? '' })
    expect(await servers.first().getAttribute('inert')).toBe('')
  })

  it('folds no part of an example', async () => {
    const examples = (await shared()).locator('.panel-response-samples')
    expect(await examples.nth(1).innerText()).toContain('jobid')
    expect(await examples.filter({ hasText: '…' }).count()).toBe(0)
  })

  it('has no licence that a reader could take for that of the API', async () => {
    expect(await (await shared()).locator('main').innerText()).not.toContain('Apache')
  })

  it('describes itself to search engines, and names the Markdown', async () => {
    const page = await shared()
    expect(await page.locator('meta[name="description"]').getAttribute('content')).toContain('install')
    expect(await page.locator('link[rel="alternate"]').getAttribute('href')).toBe('reference.md')
  })
})

inBrowser('how sure the contract is', (_, shared) => {
  it('stands as a chip behind every parameter, and leads to what the word means', async () => {
    const page = await shared()
    for (const { name } of operations[0]?.parameters ?? []) {
      const item = page.locator('.schema-property-item', { has: page.getByText(name, { exact: true }) }).first()
      const chip = item.locator('a[title]')
      expect(await chip.innerText()).toMatch(/^(documented|observed|inferred|assumed)$/)
      expect(await chip.getAttribute('href')).toBe('#/how-sure-is-this')
    }
    expect(await page.locator('main').innerText()).not.toContain('Evidence:')
  })

  it('is amber where it is inferred or assumed, and grey where it is not', async () => {
    const page = await shared()
    const colour = (word: string) =>
      page
        .locator(`main a[title="${word}"]`)
        .first()
        .evaluate((chip) => getComputedStyle(chip).backgroundColor)
    expect(await colour('assumed')).toBe(await colour('inferred'))
    expect(await colour('assumed')).not.toBe(await colour('documented'))
  })
})

inBrowser('what can go wrong', (_, shared) => {
  it('has a row for each status that is an error or can be one', async () => {
    const page = await shared()
    const tables = page.locator('[data-section-id="/what-can-go-wrong"] table')
    for (const [index, operation] of operations.entries()) {
      const statuses = await tables.nth(index).locator('tbody td:first-child').allTextContents()
      expect(statuses).toEqual([...operation.responses.keys()])
      const rows = await tables.nth(index).locator('tbody tr').allInnerTexts()
      expect(rows[0]).toMatch(/success: false[\s\S]*inferred/)
      expect(rows.at(-1)).toMatch(operation.isStateChanging ? /not known/ : /changes nothing/)
    }
  })

  it('says with which call to find out', async () => {
    const section = (await shared()).locator('[data-section-id="/what-can-go-wrong"]')
    const link = section.getByRole('link', { name: 'List incomplete image installs' })
    expect(await link.getAttribute('href')).toBe('#/other/listimageinstalls')
  })
})

inBrowser('how to get the client', (_, shared) => {
  it('names the one exception to sent once', async () => {
    const section = (await shared()).locator('[data-section-id="/get-the-client"]')
    expect(await section.innerText()).toMatch(/never repeats[\s\S]*exception[\s\S]*421/)
  })
})

inBrowser('what the mock answers', (_, shared) => {
  it('has a row for each kind of request, with what comes when it is asked again', async () => {
    const page = await shared()
    const tables = page.locator('[data-section-id="/what-the-mock-answers"] table')
    const [queue = [], list = []] = await Promise.all(
      [0, 1].map((index) => tables.nth(index).locator('tbody td:first-child').allInnerTexts()),
    )
    expect(queue[0]).toBe('jobid=1001 … 1007, mirroring=true')
    expect(queue.at(-1)).toBe('mirroring=false, any other jobid')
    expect(list.at(-1)).toBe('any other')
    const rollout = await tables.nth(1).locator('tr', { hasText: 'accountserviceid=7001' }).innerText()
    expect(rollout).toContain('Then, asked again: The rollout, queued → The rollout at 10 %')
  })
})

inBrowser('the shapes behind 200', (_, shared) => {
  it('are one click away with an example of each, above them what tells them apart', async () => {
    const page = await shared()
    for (const [shape, field] of [
      ['MirrorJob', 'versionmirrorid'],
      ['MachineJob', 'machinejobid'],
      ['ErrorEnvelope', 'error_message'],
    ] as const) {
      await page.getByRole('tab', { name: shape }).first().click()
      await page.locator('.schema-property-item .schema-name', { hasText: field }).first().waitFor()
      // The example follows, and the menu that it was chosen from is closed.
      await page
        .locator('.panel-response-samples pre, .panel-response-samples code', { hasText: field })
        .first()
        .waitFor()
      expect(await page.locator('body > div > [role="menu"]').count()).toBe(0)
    }
    const table = page.locator('table', { hasText: 'MachineJob' }).first()
    expect(await table.locator('th').allTextContents()).toEqual(['field', 'MirrorJob', 'MachineJob', 'ErrorEnvelope'])
    const row = table.locator('tr', { hasText: 'versionmirrorid' })
    expect(await row.locator('td').allTextContents()).toEqual(['versionmirrorid', 'always there', '–', '–'])
    await page.getByText('is an error: ErrorEnvelope').first().waitFor()
  })
})
