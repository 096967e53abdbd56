import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { redocPage } from '../src/page.ts'
import { dist, inBrowser, inDist } from './browser.ts'
import { temporaryFolder } from './temporary-folder.ts'

const temporary = temporaryFolder()

inBrowser('the page calls nobody', (open) => {
  let server: Server
  beforeAll(async () => {
    server = createServer((_, response) => {
      response.setHeader('content-type', 'text/html').end(readFileSync(join(dist, 'index.html')))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterAll(() => {
    server.close()
  })

  it('makes no request but for itself after clicks all over it, opened from disk or from a server', async () => {
    const { port } = server.address() as AddressInfo
    const visits = [await watched(inDist('index.html')), await watched(`http://127.0.0.1:${port}/`)]
    const clicks = await Promise.all(visits.map(({ page }) => clickAround(page)))
    for (const { url, requests, complaints } of visits) {
      expect(requests).toEqual([url])
      expect(complaints).toEqual([])
    }
    expect(Math.max(...clicks)).toBeGreaterThan(5)
  })

  it('sees a request when a page makes one', async () => {
    const file = join(temporary, 'calls-home.html')
    writeFileSync(file, '/cfp/v1/imageinstall/{jobid}/queue <img src="http://127.0.0.1:9/pixel">')
    const { requests } = await watched(pathToFileURL(file).href)
    expect(requests).toContain('http://127.0.0.1:9/pixel')
  })

  it('refuses a connection that a script would open, and a script that was not there when it was built', async () => {
    const page = await open()
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

  async function watched(url: string) {
    const requests: string[] = []
    const complaints: string[] = []
    const before = (page: Page) => {
      page.on('request', (request) => {
        if (!/^(blob|data):/.test(request.url())) requests.push(request.url())
      })
      page.on('pageerror', (error) => complaints.push(error.message))
    }
    return { page: await open({ before, url }), url, requests, complaints }
  }
})

describe('the build', () => {
  it('refuses a page of Redoc that would report its readers', () => {
    expect(() => redocPage('const options = {"disableTelemetry":false}', '', '', '')).toThrow(/report the visits/)
  })

  it('refuses a page of Redoc without what the style sheet and the script take hold of', () => {
    expect(() => redocPage('"disableTelemetry":true search-trigger', '', '', '')).toThrow(
      /has no .*search-dialog, .*theme\.css/,
    )
  })
})

/** Clicks controls all over the page, scrolling on in between. */
async function clickAround(page: Page): Promise<number> {
  let clicks = 0
  const controls = page.locator('button:visible, [role="button"]:visible, .menu-content a:visible')
  for (let turn = 0; turn < 15; turn++) {
    const control = controls.nth((turn * 7) % Math.max(await controls.count(), 1))
    // What a click covers or removes cannot be clicked the next moment; the next control is tried.
    await control.click({ timeout: 200 }).then(
      () => clicks++,
      () => {},
    )
    if (turn % 3 === 0) await page.keyboard.press('Escape')
    await page.mouse.wheel(0, turn % 2 === 0 ? 600 : -300)
  }
  return clicks
}
