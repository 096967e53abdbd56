import type { Page } from 'playwright-core'

/** Something that a reader can use in the interactive view. */
interface Control {
  readonly name: string
  /** Selector of the part of the page that changes. */
  readonly place: string
  /** Uses the control, and waits for what it does. */
  readonly use: (page: Page) => Promise<unknown>
}

const samples = (page: Page) => page.locator('.panel-request-samples').first()
const responses = (page: Page) => page.locator('.panel-response-samples').first()
const search = (page: Page) => page.getByTestId('search-dialog')

export const controls: readonly Control[] = [
  {
    name: 'a variant of the body',
    place: '[data-testid="middle-panel"]',
    async use(page) {
      await page.getByRole('tab', { name: 'ErrorEnvelope' }).first().click()
      await page.locator('.schema-name', { hasText: 'error_message' }).first().waitFor()
    },
  },
  {
    name: 'an error status',
    place: '[data-testid="middle-panel"]',
    async use(page) {
      await responses(page).getByRole('button', { name: '404' }).click()
      await page.getByRole('tab', { name: '404', selected: true }).first().waitFor()
    },
  },
  {
    name: 'the menu of samples',
    place: 'body > div > [role="menu"]',
    use: (page) => samples(page).locator('[aria-haspopup="menu"]').last().click(),
  },
  {
    name: 'another sample',
    place: '.panel-request-samples',
    async use(page) {
      await page.getByRole('menuitem', { name: 'Python' }).click()
      await samples(page).locator('pre', { hasText: 'urllib' }).waitFor()
    },
  },
  {
    name: 'the copy button of a sample',
    place: '.panel-request-samples',
    use: (page) => samples(page).getByTestId('copy-button').last().click(),
  },
  {
    name: 'search',
    place: '[data-testid="search-dialog"]',
    async use(page) {
      await page.getByTestId('search-trigger').first().click()
      await search(page).getByRole('textbox').fill('Squashed')
      await search(page).getByRole('link', { name: 'Squashed' }).first().waitFor()
    },
  },
  {
    name: 'a search result',
    place: 'body',
    async use(page) {
      await search(page).getByRole('link', { name: 'Squashed' }).first().click()
      await search(page).waitFor({ state: 'detached' })
    },
  },
  {
    name: 'the sidebar',
    place: 'body',
    async use(page) {
      await page.locator('.menu-content a', { hasText: 'Authentication' }).click()
      await page.waitForURL(/#\/authentication$/)
      await page.getByRole('button', { name: 'Hide sidebar' }).click()
      await page.getByRole('button', { name: 'Show sidebar' }).waitFor()
    },
  },
  {
    name: 'the theme',
    place: 'body',
    async use(page) {
      await page.getByTestId('color-mode-switcher').first().click()
      await page.locator('html.dark').waitFor()
    },
  },
]
