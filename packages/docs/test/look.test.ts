import { expect, it } from 'vitest'
import { inBrowser } from './browser.ts'

inBrowser('what has the focus', (_, shared) => {
  it.each([
    'button[data-testid="copy-button"]',
    '[data-testid="color-mode-switcher"]',
    '[aria-label="Hide sidebar"]',
    '.panel-request-samples [aria-haspopup="menu"]',
  ])('%s is seen on white by two pixels with a contrast of 3 to 1', async (selector) => {
    const page = await shared()
    await page.keyboard.press('Tab')
    const control = page.locator(selector).last()
    const outline = async () => {
      await control.focus()
      return control.evaluate((element) => {
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element)
        return { style: outlineStyle, width: outlineWidth, color: outlineColor }
      })
    }
    // While Redoc still draws, it may put another element in the place of one that has the focus.
    await expect.poll(outline).toMatchObject({ style: 'solid', width: '2px' })
    const { color } = await outline()
    expect(1.05 / (luminance(color) + 0.05)).toBeGreaterThanOrEqual(3)
  })
})

inBrowser('the sidebar', (_, shared) => {
  it('has no control that only a mouse can use', async () => {
    const page = await shared()
    const switches = page.locator('[data-component-name="Sidebar/SidebarActions"] svg').filter({ visible: true })
    await page.getByRole('button', { name: 'Hide sidebar' }).waitFor()
    expect(await switches.evaluateAll((all) => all.filter((icon) => !icon.closest('button, a')).length)).toBe(0)
  })
})

inBrowser('a phone', (open) => {
  it.each(['index.html', 'reference.html'])(
    'stacks the rows of the tables of %s, each cell named, and scrolls nothing sideways',
    async (file) => {
      const page = await open({ file, viewport: { width: 390, height: 844 } })
      const wide = await page
        .locator('html, main, main table')
        .evaluateAll(
          (all) => all.filter((one) => one.getBoundingClientRect().right > 390 || one.scrollWidth > 390).length,
        )
      expect(wide).toBe(0)
      const cell = page.locator('td[data-label="meaning"]').first()
      expect(await cell.evaluate((element) => getComputedStyle(element, '::before').content)).toBe('"meaning: "')
      // A finger needs some height.
      const heights = await page.locator('main [role="tab"]').evaluateAll((all) => all.map((tab) => tab.clientHeight))
      expect(Math.min(...heights, 100)).toBeGreaterThanOrEqual(24)
    },
  )
})

inBrowser('printing', (open) => {
  it('puts the whole plain reference on the paper and nothing over it, dark on white, at any time', async () => {
    const page = await open({ colorScheme: 'dark' })
    const plain = await open({ file: 'reference.html' })
    const text = await plain.locator('main').evaluate((main) => main.textContent)
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    await page.emulateMedia({ media: 'print' })
    const color = (selector: string, property: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property)
    expect(luminance(await color('html', 'background-color'))).toBe(1)
    for (const part of ['h1', 'p', 'td']) expect(luminance(await color(`.paper ${part}`, 'color'))).toBeLessThan(0.1)
    expect(await page.locator('.paper main').evaluate((main) => main.textContent)).toBe(text)
    expect(await page.locator('body > :not(.paper, script, noscript)').filter({ visible: true }).count()).toBe(0)
    expect(await page.locator('.paper details:not([open])').count()).toBe(0)
    // The paper is 794 px wide less its margins.
    await page.setViewportSize({ width: 700, height: 1000 })
    const cut = await page
      .locator('.paper :is(.wide, pre)')
      .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent))
    expect(cut).toEqual([])
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    expect(await page.locator('.paper').count()).toBe(0)
    await page.emulateMedia({ media: 'screen' })
    expect(luminance(await color('h1', 'color'))).toBeGreaterThan(0.5)
  })
})

/** Relative luminance, as the Web Content Accessibility Guidelines define it, of a colour such as `rgb(1, 2, 3)`. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map((part) => {
    const share = Number(part) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
