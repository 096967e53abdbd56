import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

/** Writes the screenshot of the built page that the main README shows. */
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '', args: ['--no-sandbox'] })
const page = await browser.newPage({ viewport: { width: 1000, height: 560 }, deviceScaleFactor: 0.66 })
const url = pathToFileURL(join(import.meta.dirname, '../dist/index.html'))
await page.goto(`${url}#/other/queueimageinstall`)
await page.locator('#redoc h1:visible').waitFor()
await page.screenshot({ path: join(import.meta.dirname, 'reference.png') })
await browser.close()
