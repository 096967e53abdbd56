import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, ImpactValue } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { inBrowser } from './browser.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const everyImpact: ImpactValue[] = ['minor', 'moderate', 'serious', 'critical']

/** What a reader can open beyond what is there from the start, with the part of the page that changes. */
const states: readonly [string, string, (page: Page) => Promise<void>][] = [
  [
    'the shape of an error',
    '[data-testid="middle-panel"]',
    (page) => page.getByRole('tab', { name: 'ErrorEnvelope' }).first().click(),
  ],
  [
    'the examples',
    'body > div > [role="menu"]',
    (page) => page.locator('.panel-response-samples [aria-haspopup="menu"]').first().click(),
  ],
  ['another example', '.panel-response-samples', (page) => page.getByRole('menuitem').last().click()],
  ['an error status', '[data-testid="middle-panel"]', (page) => page.getByRole('tab', { name: '401' }).first().click()],
  [
    'another sample',
    '.panel-request-samples',
    async (page) => {
      await page.locator('.panel-request-samples [aria-haspopup="menu"]').nth(1).click()
      await page.getByRole('menuitem', { name: 'Python' }).click()
    },
  ],
  [
    'search',
    '[role="dialog"]',
    async (page) => {
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').getByRole('textbox').fill('Squashed')
      await page.getByRole('dialog').getByRole('link', { name: 'Squashed' }).first().waitFor()
    },
  ],
]

/** Rules that depend on how wide the page is. */
const ofLayout = ['target-size', 'scrollable-region-focusable', 'meta-viewport', 'css-orientation-lock']

inBrowser('axe finds', (open, shared) => {
  it.each(['light', 'dark'] as const)('nothing on any page, all of it mounted, %s', async (colorScheme) => {
    for (const file of ['index.html', 'reference.html', 'sources.html']) {
      const page = await open({
        file,
        colorScheme,
        bypassCSP: true,
        ...(file === 'sources.html' && { ready: 'Sources' }),
      })
      expect(await violations(page, everyImpact), file).toEqual([])
    }
  })

  it('nothing that depends on layout at any width', async () => {
    const page = await shared()
    for (const width of [1024, 390, 1400]) {
      await page.setViewportSize({ width, height: 900 })
      expect(await violations(page, everyImpact, { runOnly: ofLayout }), `${width} px`).toEqual([])
    }
  })

  it('nothing serious whatever is open', async () => {
    const page = await open({ bypassCSP: true })
    for (const [state, place, reach] of states) {
      await reach(page)
      expect(await violations(page, ['serious', 'critical'], {}, place), state).toEqual([])
    }
  })

  it('a text that is hard to read, when there is one', async () => {
    const page = await open({ bypassCSP: true, file: 'reference.html' })
    await page.addStyleTag({ content: 'p { color: #ccc; background: #fff }' })
    const found = await violations(page, ['serious'], { runOnly: ['color-contrast'] })
    expect(found.join()).toContain('color-contrast')
  })
})

inBrowser('the keyboard alone', (open, shared) => {
  it('opens search with Enter or Space, leaves it with Escape to where it was, and switches the theme', async () => {
    const page = await open({ colorScheme: 'light' })
    await tabTo(page, '[data-testid="search-trigger"]')
    for (const key of ['Enter', 'Space']) {
      await page.keyboard.press(key)
      await page.getByRole('dialog').getByRole('textbox').fill('job')
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      expect(await page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('search-trigger')
    }
    await tabTo(page, '[data-testid="color-mode-switcher"]')
    await page.getByRole('button', { name: 'Theme: light' }).waitFor()
    await page.keyboard.press('Enter')
    await page.locator('html.dark').waitFor()
    await page.getByRole('button', { name: 'Theme: dark' }).waitFor()
  })

  it.each(['request', 'response'])(
    'goes through the menu of %s samples with arrows, and leaves it with Escape',
    async (kind) => {
      const page = await shared()
      const button = page.locator(`.panel-${kind}-samples`).first().locator('[aria-haspopup="menu"]').last()
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

  it('hears which status an example is of', async () => {
    const page = await shared()
    const panel = page.locator('.panel-response-samples').first()
    const chosen = panel.locator('button[aria-pressed="true"]')
    await expect.poll(() => chosen.allTextContents()).toEqual(['200'])
    for (const status of ['404', '200']) {
      await panel.getByRole('button', { name: status }).press('Enter')
      await expect.poll(() => chosen.allTextContents()).toEqual([status])
    }
  })

  it('hears which section of the sidebar is the current one', async () => {
    const page = await open()
    const current = page.locator('.menu-content [aria-current="location"]')
    await expect.poll(() => current.allTextContents()).toEqual(['Clanforge image install queue'])
    // The last ones too, though little stands below them.
    for (const section of ['What the mock answers', 'Unknowns', 'Operator']) {
      await page.locator('.menu-content a', { hasText: section }).click()
      await expect.poll(() => current.allTextContents()).toEqual([section])
      const heading = page.locator('main h2', { hasText: section })
      await expect.poll(async () => (await heading.boundingBox())?.y).toBeLessThan(200)
    }
  })

  it('chooses every sample', async () => {
    const page = await shared()
    const panel = page.locator('.panel-request-samples').first()
    for (const [index, word] of [
      [1, 'createClient'],
      [2, 'urllib'],
      [0, 'curl'],
    ] as const) {
      await page.locator('h1').click()
      await tabTo(page, '.panel-request-samples [data-testid="dropdown"]:last-of-type > [aria-haspopup="menu"]')
      await page.keyboard.press('Enter')
      await page.keyboard.press('ArrowDown')
      await page.locator('[role="menuitem"]:first-child:focus').waitFor()
      await tabTo(page, `[role="menuitem"]:nth-child(${index + 1})`)
      await page.keyboard.press('Enter')
      await panel.locator('pre', { hasText: word }).waitFor()
    }
  })
})

async function violations(
  page: Page,
  impacts: readonly ImpactValue[],
  options = {},
  place?: string,
): Promise<string[]> {
  await page.evaluate(axe)
  const given = [...(place ? [place] : []), { resultTypes: ['violations'], ...options }]
  // The script just run puts `axe` on the window.
  const results = (await page.evaluate(`axe.run(...${JSON.stringify(given)})`)) as AxeResults
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
