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
import { afterAll, afterEach, describe, expect, it } from 'vitest'

/** The built pages, which `pnpm test` builds first. */
export const dist = join(import.meta.dirname, '../dist')

export interface Visit extends BrowserContextOptions {
  /** File in `dist/`, with a fragment if need be. */
  readonly file?: string
  /** In place of a file in `dist/`. */
  readonly url?: string
  /** Text that shows that the page is there; by default the path of the call, and the last section of Redoc's page. */
  readonly ready?: string
  readonly before?: (page: Page) => void
}

/** Opens a page and waits until it shows the call. */
export type Open = (visit?: Visit) => Promise<Page>

/** The page at 1400 px, opened once for all tests of a file that do not mind what others did there. */
export type Shared = () => Promise<Page>

// Set by vitest.config.ts.
const executablePath = process.env.CHROMIUM_PATH
let browser: Promise<Browser> | undefined
let sharedPage: Promise<Page> | undefined

/** Tests that need a real browser: skipped with a notice where there is none, which in CI is a failure. */
export function inBrowser(title: string, tests: (open: Open, shared: Shared) => void): void {
  if (!executablePath) {
    if (process.env.CI) {
      it(`${title}: finds Chromium`, () => expect.fail('No Chromium: install it, or name it in CHROMIUM_PATH.'))
      return
    }
    console.warn(`SKIPPED, no Chromium found (install it, or name it in CHROMIUM_PATH): ${title}`)
  }
  describe.skipIf(!executablePath)(title, { timeout: 60_000 }, () => {
    const contexts: BrowserContext[] = []
    afterEach(async () => {
      for (const context of contexts.splice(0)) await context.close()
    })
    tests(
      async (visit) => {
        const page = await newPage(visit)
        contexts.push(page.context())
        return page
      },
      () => {
        sharedPage ??= newPage({ bypassCSP: true, permissions: ['clipboard-read', 'clipboard-write'] })
        return sharedPage
      },
    )
  })
}

afterAll(async () => (await browser)?.close())

async function newPage({ file = 'index.html', url, before, ready, ...options }: Visit = {}): Promise<Page> {
  browser ??= chromium.launch({ executablePath: executablePath ?? '', args })
  const context = await (await browser).newContext({ viewport: { width: 1400, height: 900 }, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  before?.(page)
  await page.goto(url ?? inDist(file))
  await shown(page, file, url, ready, options).waitFor()
  return page
}

function shown(
  page: Page,
  file: string,
  url: string | undefined,
  ready: string | undefined,
  { javaScriptEnabled }: BrowserContextOptions,
): Locator {
  // Playwright finds no text inside <noscript>.
  if (javaScriptEnabled === false) return page.locator('main:visible')
  if (ready) return page.getByText(ready).first()
  // Sections are drawn one after the other, the last one at the end.
  const isRedoc = file.startsWith('index.html') && !url
  return isRedoc
    ? page.locator('[data-section-id="/operator"] p')
    : page.getByText('imageinstall/{jobid}/queue').first()
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
