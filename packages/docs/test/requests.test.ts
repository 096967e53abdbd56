import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { inBrowser, interactive } from './browser.ts'
import { controls } from './controls.ts'
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
      place === 'from disk' ? `file://${join(site, 'index.html')}` : `http://127.0.0.1:${port}/`,
    )
    for (const { use } of controls) await use(page)
    expect(requests).toEqual([url])
    expect(complaints).toEqual([])
  })

  it('detects a request when a page makes one', async () => {
    const file = join(temporary, 'calls-home.html')
    writeFileSync(file, '<h1>Page</h1> <img src="http://127.0.0.1:9/pixel">')
    const { requests } = await watched(`file://${file}`, 'h1')
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
