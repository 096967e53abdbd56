import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, describe, expect, it } from 'vitest'

export interface Visit extends BrowserContextOptions {
  /** The address, or the path of a built file, with a fragment if need be. */
  readonly url: string
  /** Selector of an element that appears when the page is ready. By default, a heading that Redoc draws. */
  readonly ready?: string
  readonly before?: (page: Page) => unknown
}

/** Opens a page and waits until it is ready. */
export type Open = (visit: Visit) => Promise<Page>

/** Selectors of a heading that is visible when a form is shown. */
export const plain = '#reference h1:visible'
export const interactive = '#redoc h1:visible'

// Set by vitest.config.ts.
const executablePath = process.env.CHROMIUM_PATH
let browser: Promise<Browser> | undefined

/** Tests that need Chromium. Without it they are skipped with a notice, and fail in CI. */
export function inBrowser(title: string, tests: (open: Open) => void): void {
  if (!executablePath) {
    if (process.env.CI) {
      it(`${title}: finds Chromium`, () => expect.fail('No Chromium: install it, or set CHROMIUM_PATH.'))
      return
    }
    console.warn(`SKIPPED, no Chromium found (install it, or set CHROMIUM_PATH): ${title}`)
  }
  describe.skipIf(!executablePath)(title, { timeout: 60_000 }, () => {
    const contexts: BrowserContext[] = []
    afterEach(async () => {
      for (const context of contexts.splice(0)) await context.close()
    })
    tests(async (visit) => {
      const page = await newPage(visit)
      contexts.push(page.context())
      return page
    })
  })
}

/** A page that the tests of a file share. They must not depend on its state. */
export function sharedPage(url: string): () => Promise<Page> {
  let page: Promise<Page> | undefined
  return () => {
    page ??= newPage({ url, bypassCSP: true, permissions: ['clipboard-read', 'clipboard-write'] })
    return page
  }
}

afterAll(async () => (await browser)?.close())

async function newPage({ url, before, ready = interactive, ...options }: Visit): Promise<Page> {
  browser ??= chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] })
  const context = await (await browser).newContext({ viewport: { width: 1400, height: 900 }, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  await before?.(page)
  await page.goto(url.startsWith('/') ? `file://${url}` : url)
  await page.locator(ready).first().waitFor()
  return page
}

/** Waits until an element is on the screen. */
export async function inView(page: Page, selector: string): Promise<void> {
  await page.waitForFunction((wanted) => {
    const box = document.querySelector(wanted)?.getBoundingClientRect()
    return box !== undefined && box.height > 0 && box.top < innerHeight && box.bottom > 0
  }, selector)
}

/** The elements that are wider than the screen, of the page and those that a selector finds. */
export const tooWide = (page: Page, selector: string): Promise<string[]> =>
  page
    .locator(`html, ${selector}`)
    .evaluateAll((all) =>
      all.filter((one) => Math.max(one.getBoundingClientRect().right, one.scrollWidth) > innerWidth).map(String),
    )
