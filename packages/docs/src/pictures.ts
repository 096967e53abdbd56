import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

// Makes the pictures of the README anew: what a reader sees in the first minute, in both themes.
const root = join(import.meta.dirname, '..')
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
for (const colorScheme of ['light', 'dark'] as const) {
  const page = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 1400 } })
  await page.goto(pathToFileURL(join(root, 'dist/index.html')).href)
  await page.locator('[data-section-id]').last().waitFor()
  await page.getByTestId('search-trigger').filter({ hasText: 'Search' }).waitFor()
  await page.screenshot({ path: join(root, `pictures/${colorScheme}.png`) })
}
await browser.close()
