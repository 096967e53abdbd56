import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, ImpactValue } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { inBrowser } from './browser.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const everyImpact: ImpactValue[] = ['minor', 'moderate', 'serious', 'critical']

/** What a reader can open, each from the state that the one before it left. */
const states: readonly [string, (page: Page) => Promise<void>][] = [
  ['the shape of an error', (page) => page.getByRole('tab', { name: 'ErrorEnvelope' }).click()],
  ['the examples', (page) => page.locator('.panel-response-samples [aria-haspopup="menu"]').click()],
  ['another example', (page) => page.getByRole('menuitem').last().click()],
  ['an error status', (page) => page.getByRole('tab', { name: '401' }).click()],
  ['the samples', (page) => page.locator('.panel-request-samples [aria-haspopup="menu"]').last().click()],
  ['another sample', (page) => page.getByRole('menuitem', { name: 'Python' }).click()],
  ['the security details', (page) => page.getByText('View security details').click()],
  [
    'search',
    async (page) => {
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').getByRole('textbox').fill('Squashed')
      await page.getByRole('dialog').getByRole('link', { name: 'Squashed' }).first().waitFor()
    },
  ],
]

const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [1400, 390].map((width) => ({ colorScheme, width, viewport: { width, height: 900 }, bypassCSP: true })),
)

inBrowser('axe finds', (open) => {
  it.each(looks)('nothing on either page when it opens, $colorScheme at $width px', async (look) => {
    expect(await violations(await open(look), everyImpact)).toEqual([])
    expect(await violations(await open({ ...look, file: 'reference.html' }), everyImpact)).toEqual([])
  })

  it.each(['light', 'dark'] as const)('nothing serious whatever is open, %s', async (colorScheme) => {
    const page = await open({ colorScheme, bypassCSP: true })
    for (const [state, reach] of states) {
      await reach(page)
      expect(await violations(page, ['serious', 'critical']), state).toEqual([])
    }
  })

  it('nothing serious further down the page', async () => {
    const page = await open({ bypassCSP: true, file: 'index.html#/what-is-not-known' })
    await page.locator('#what-is-not-known').waitFor()
    expect(await violations(page, ['serious', 'critical'])).toEqual([])
  })

  it('a text that is hard to read, when there is one', async () => {
    const page = await open({ bypassCSP: true, file: 'reference.html' })
    await page.addStyleTag({ content: 'p { color: #ccc; background: #fff }' })
    expect((await violations(page, ['serious'])).join()).toContain('color-contrast')
  })
})

inBrowser('the keyboard alone', (open) => {
  it.each(['Enter', 'Space'])('opens search with %s, and leaves it with Escape to where it was', async (key) => {
    const page = await open()
    await tabTo(page, '[data-testid="search-trigger"]')
    await page.keyboard.press(key)
    await page.getByRole('dialog').getByRole('textbox').fill('job')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('search-trigger')
  })

  it.each(['request', 'response'])(
    'goes through the menu of %s samples with arrows, and leaves it with Escape',
    async (kind) => {
      const page = await open({ file: 'index.html#/other/queueimageinstall' })
      const button = page.locator(`.panel-${kind}-samples [aria-haspopup="menu"]`).last()
      const items = page.locator('body > div > [role="menu"] [role="menuitem"]')
      await button.focus()
      for (const [key, index] of [
        ['ArrowDown', 0],
        ['ArrowDown', 1],
        ['ArrowUp', 0],
        ['ArrowUp', -1],
        ['ArrowDown', 0],
      ] as const) {
        await page.keyboard.press(key)
        await expect.poll(() => items.nth(index).evaluate((item) => item === document.activeElement)).toBe(true)
      }
      expect(await button.getAttribute('aria-expanded')).toBe('true')
      await page.keyboard.press('Escape')
      await expect.poll(() => button.getAttribute('aria-expanded')).toBe('false')
      expect(await button.evaluate((element) => element === document.activeElement)).toBe(true)
    },
  )

  it('switches the theme', async () => {
    const page = await open({ colorScheme: 'light' })
    await tabTo(page, '[data-testid="color-mode-switcher"]')
    await page.getByRole('button', { name: 'Theme: light' }).waitFor()
    await page.keyboard.press('Enter')
    await page.locator('html.dark').waitFor()
    await page.getByRole('button', { name: 'Theme: dark' }).waitFor()
  })

  it('hears which section of the sidebar is the current one', async () => {
    const page = await open()
    const current = page.locator('.menu-content [aria-current="location"]')
    await expect.poll(() => current.allTextContents()).toEqual(['Clanforge image install queue'])
    await page.locator('.menu-content a', { hasText: 'Scenarios' }).click()
    await expect.poll(() => current.allTextContents()).toEqual(['Scenarios'])
  })

  it('chooses every sample', async () => {
    const page = await open()
    const panel = page.locator('.panel-request-samples')
    for (const [index, word] of [
      [1, 'createClient'],
      [2, 'urllib'],
      [0, 'curl'],
    ] as const) {
      await page.locator('h1').click()
      await tabTo(page, '.panel-request-samples [data-testid="dropdown"]:last-of-type > [aria-haspopup="menu"]')
      await page.keyboard.press('Enter')
      await tabTo(page, `[role="menuitem"]:nth-child(${index + 1})`)
      await page.keyboard.press('Enter')
      await panel.locator('pre', { hasText: word }).waitFor()
    }
  })
})

async function violations(page: Page, impacts: readonly ImpactValue[]): Promise<string[]> {
  await page.evaluate(axe)
  // The script just run puts `axe` on the window.
  const results = (await page.evaluate('axe.run({ resultTypes: ["violations"] })')) as AxeResults
  return results.violations
    .filter(({ impact }) => impacts.includes(impact ?? null))
    .flatMap(({ id, impact, nodes }) => nodes.map(({ html }) => `${impact} ${id}: ${html.slice(0, 120)}`))
}

/** Presses Tab until the focus is there; a hundred steps are taken for a sign that it cannot be reached. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let step = 0; step < 100; step++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return
    await page.keyboard.press('Tab')
  }
  expect.fail(`The keyboard does not reach ${selector}.`)
}
