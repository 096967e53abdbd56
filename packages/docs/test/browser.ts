import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

/** The built pages, which `pnpm test` builds first. */
export const dist = join(import.meta.dirname, '../dist')

export interface Visit extends BrowserContextOptions {
  /** File in `dist/`, with a fragment if need be. */
  readonly file?: string
  /** In place of a file in `dist/`. */
  readonly url?: string
  /** Text that shows that the page is there; by default the path of the call, and after a fragment any section. */
  readonly ready?: string
  readonly before?: (page: Page) => void
}

/** Opens a page and waits until it shows the call. */
export type Open = (visit?: Visit) => Promise<Page>

/** Tests that need a real browser: skipped with a notice where there is none, which in CI is a failure. */
export function inBrowser(title: string, tests: (open: Open) => void): void {
  // Set by vitest.config.ts.
  const executablePath = process.env.CHROMIUM_PATH
  if (!executablePath) {
    if (process.env.CI) {
      it(`${title}: finds Chromium`, () => expect.fail('No Chromium: install it, or name it in CHROMIUM_PATH.'))
      return
    }
    console.warn(`SKIPPED, no Chromium found (install it, or name it in CHROMIUM_PATH): ${title}`)
  }
  describe.skipIf(!executablePath)(title, { timeout: 60_000 }, () => {
    let browser: Browser
    const contexts: BrowserContext[] = []
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: executablePath ?? '', args })
    })
    afterEach(async () => {
      for (const context of contexts.splice(0)) await context.close()
    })
    afterAll(() => browser.close())
    tests(async ({ file = 'index.html', url, before, ready, ...options } = {}) => {
      const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options })
      contexts.push(context)
      const page = await context.newPage()
      page.setDefaultTimeout(30_000)
      before?.(page)
      await page.goto(url ?? inDist(file))
      await shown(page, file, ready, options).waitFor()
      return page
    })
  })
}

function shown(
  page: Page,
  file: string,
  ready: string | undefined,
  { javaScriptEnabled }: BrowserContextOptions,
): Locator {
  // Playwright finds no text inside <noscript>.
  if (javaScriptEnabled === false) return page.locator('main:visible')
  // Redoc draws what stands near the fragment, and the call only when one scrolls to it.
  if (file.includes('#') && !ready) return page.locator('main h2:visible').first()
  return page.getByText(ready ?? 'imageinstall/{jobid}/queue').first()
}

/** The address of a built file, opened from disk. */
export function inDist(file: string): string {
  const [name = '', fragment] = file.split('#')
  return pathToFileURL(join(dist, name)).href + (fragment === undefined ? '' : `#${fragment}`)
}

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
