import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fileUrl, inBrowser, interactive } from './browser.ts'
import { site } from './site.ts'
import { temporaryFolder } from './temporary-folder.ts'

const temporary = temporaryFolder()

inBrowser('the page', (open) => {
  let server: Server
  beforeAll(async () => {
    server = createServer((_, response) => {
      response.setHeader('content-type', 'text/html').end(readFileSync(join(site, 'index.html')))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterAll(() => {
    server.close()
  })

  it.each(['from disk', 'from a server'])('requests nothing except itself when opened %s and used', async (place) => {
    const { port } = server.address() as AddressInfo
    const { page, url, requests, complaints } = await watched(
      place === 'from disk' ? fileUrl(join(site, 'index.html')) : `http://127.0.0.1:${port}/`,
    )
    await useControls(page)
    expect(requests).toEqual([url])
    expect(complaints).toEqual([])
  })

  it('detects a request when a page makes one', async () => {
    const file = join(temporary, 'calls-home.html')
    writeFileSync(file, '<h1>Page</h1> <img src="http://127.0.0.1:9/pixel">')
    const { requests } = await watched(pathToFileURL(file).href, 'h1')
    expect(requests).toContain('http://127.0.0.1:9/pixel')
  })

  it('blocks connections, and scripts that were added after the build', async () => {
    const page = await open({ url: join(site, 'index.html') })
    const refused = page.waitForEvent('console', (message) => message.text().includes('Content Security Policy'))
    const outcome = await page.evaluate(() =>
      fetch('http://127.0.0.1:9/').then(
        () => 'sent',
        () => 'refused',
      ),
    )
    expect(outcome).toBe('refused')
    expect((await refused).text()).toContain('connect-src')
    await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'document.title = "injected"'
      document.head.append(script)
    })
    expect(await page.title()).not.toBe('injected')
  })

  async function watched(url: string, ready = interactive) {
    const requests: string[] = []
    const complaints: string[] = []
    const before = (page: Page) => {
      page.on('request', (request) => {
        if (!/^(blob|data):/.test(request.url())) requests.push(request.url())
      })
      page.on('pageerror', (error) => complaints.push(error.message))
    }
    return { page: await open({ before, url, ready }), url, requests, complaints }
  }
})

/** Uses one control of each kind, and waits for what it does. */
async function useControls(page: Page): Promise<void> {
  const samples = page.locator('.panel-request-samples').first()
  const search = page.getByTestId('search-dialog')
  await page.getByTestId('search-trigger').first().click()
  await search.getByRole('textbox').fill('Squashed')
  await search.getByRole('link', { name: 'Squashed' }).first().click()
  await search.waitFor({ state: 'detached' })
  await page.getByTestId('color-mode-switcher').click()
  await page.locator('html.dark').waitFor()
  await page.locator('.menu-content a', { hasText: 'Authentication' }).click()
  await page.waitForURL(/#\/authentication$/)
  await samples.locator('[aria-haspopup="menu"]').last().click()
  await page.getByRole('menuitem', { name: 'Python' }).click()
  await samples.locator('pre', { hasText: 'urllib' }).waitFor()
  await samples.getByTestId('copy-button').last().click()
  await page.getByRole('tab', { name: 'ErrorEnvelope' }).first().click()
  await page.locator('.schema-name', { hasText: 'error_message' }).first().waitFor()
  await page.locator('.panel-response-samples').first().getByRole('button', { name: '404' }).click()
  await page.getByRole('tab', { name: '404', selected: true }).first().waitFor()
  await page.getByRole('button', { name: 'Hide sidebar' }).click()
  await page.getByRole('button', { name: 'Show sidebar' }).waitFor()
}
