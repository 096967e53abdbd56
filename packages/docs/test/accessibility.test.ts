import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { inBrowser, interactive, plain } from './browser.ts'
import { controls } from './controls.ts'
import { site } from './site.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

inBrowser('axe finds nothing serious', (open) => {
  it.each(['light', 'dark'] as const)('in either form at any width, %s', async (colorScheme) => {
    const page = await open({ url: join(site, 'index.html'), colorScheme, bypassCSP: true })
    for (const form of [interactive, plain]) {
      await page.locator(form).waitFor()
      for (const width of [1400, 1024, 390]) {
        await page.setViewportSize({ width, height: 900 })
        expect(await violations(page), `${form} at ${width} px`).toEqual([])
      }
      await page.setViewportSize({ width: 1400, height: 900 })
      await page.locator('#form-switch').press('Enter')
    }
  })

  it.each(['reference.html', 'sources.html'])('in %s', async (file) => {
    const page = await open({ url: join(site, file), ready: plain, bypassCSP: true })
    expect(await violations(page)).toEqual([])
  })

  it('when a control is used', async () => {
    const page = await open({ url: join(site, 'index.html'), bypassCSP: true })
    for (const { name, place, use } of controls) {
      await use(page)
      expect(await violations(page, {}, place), name).toEqual([])
    }
  })

  it('except low contrast, when there is some', async () => {
    const page = await open({ url: join(site, 'reference.html'), ready: plain, bypassCSP: true })
    await page.addStyleTag({ content: 'p { color: #ccc; background: #fff }' })
    const found = await violations(page, { runOnly: ['color-contrast'] })
    expect(found.join()).toContain('color-contrast')
  })
})

inBrowser('the keyboard', (open) => {
  it('reaches the plain reference first, and returns from it', async () => {
    const page = await open({ url: join(site, 'index.html') })
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: 'Plain view' }).and(page.locator(':focus')).press('Enter')
    await page.locator(plain).waitFor()
    await page.keyboard.press('Enter')
    await page.locator(interactive).waitFor()
  })

  it('has a focus that is seen', async () => {
    const page = await open({ url: join(site, 'index.html') })
    for (const selector of ['[data-testid="copy-button"]', '[data-testid="color-mode-switcher"]', '.copy']) {
      await page.keyboard.press('Tab')
      const control = page.locator(`#redoc ${selector}`).last()
      const outline = async () => {
        await control.focus()
        return control.evaluate((element) => getComputedStyle(element).outline)
      }
      // While Redoc still draws, it may replace an element that has the focus.
      await expect.poll(outline, { message: selector }).toBe('rgb(21, 91, 201) solid 2px')
    }
  })
})

async function violations(page: Page, options = {}, place?: string): Promise<string[]> {
  await page.evaluate(axe)
  const given = [...(place ? [place] : []), { resultTypes: ['violations'], ...options }]
  // The script just run puts `axe` on the window.
  const results = (await page.evaluate(`axe.run(...${JSON.stringify(given)})`)) as AxeResults
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, impact, nodes }) => nodes.map(({ html }) => `${impact} ${id}: ${html.slice(0, 200)}`))
}
