import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { slug } from '../src/markdown.ts'
import { inBrowser, interactive, inView, type Open, plain } from './browser.ts'
import { sections, site } from './site.ts'

const index = readFileSync(join(site, 'index.html'), 'utf8')
const address = 'http://docs.test/'

/** Serves a page at {@link address}, without a network. */
const serve = (page: Page, body: string, headers = {}) =>
  page.route(`${address}**`, (route) => route.fulfill({ contentType: 'text/html', body, headers }))

const start = '\nhydrate('

/** The page, whose Redoc starts only when the test calls `draw`. */
async function openHeld(open: Open, fragment = ''): Promise<{ page: Page; draw: () => Promise<void> }> {
  const held = index.replace(start, `\nwindow.draw = () =>${start}`)
  expect(held).not.toBe(index)
  const page = await open({
    url: `${address}${fragment}`,
    ready: plain,
    bypassCSP: true,
    before: (page) => serve(page, held),
  })
  return {
    page,
    draw: async () => {
      await page.waitForFunction('window.draw')
      await page.evaluate('window.draw()')
    },
  }
}

const deny = (name: string) =>
  Object.defineProperty(window, name, {
    get() {
      throw new DOMException('denied', 'SecurityError')
    },
  })

inBrowser('where Redoc cannot run', (open) => {
  it.each(["script-src 'self'", "default-src 'self'", 'sandbox'])(
    'the plain reference is shown under the policy %s',
    async (policy) => {
      const page = await open({
        url: address,
        ready: plain,
        before: (page) => serve(page, index, { 'content-security-policy': policy }),
      })
      await expectComplete(page)
      expect(await page.locator('#form-switch, #redoc *').count()).toBe(0)
    },
  )

  it('the plain reference is shown without JavaScript', async () => {
    const page = await open({ url: join(site, 'index.html'), ready: plain, javaScriptEnabled: false })
    await expectComplete(page)
  })

  it('the plain reference stays when Redoc fails before it has drawn', async () => {
    const failing = index.replace(start, `\nthrow new Error("Redoc failed")${start}`)
    const failed: string[] = []
    const page = await open({
      url: address,
      ready: plain,
      bypassCSP: true,
      before: (page) => {
        page.on('pageerror', ({ message }) => failed.push(message))
        return serve(page, failing)
      },
    })
    await expect.poll(() => failed).toEqual(['Redoc failed'])
    await expectComplete(page)
    expect(await page.getByRole('button', { name: 'Interactive view' }).count()).toBe(0)
  })

  it('the plain reference returns when Redoc fails after it has drawn', async () => {
    const page = await open({ url: join(site, 'index.html') })
    await page.evaluate(() => document.querySelector('#redoc')?.replaceChildren())
    await page.locator(plain).waitFor()
    await expectComplete(page)
  })
})

inBrowser('where storage is denied', (open) => {
  it.each(['localStorage', 'sessionStorage'])('Redoc draws when %s throws', async (name) => {
    await open({ url: join(site, 'index.html'), before: (page) => page.addInitScript(deny, name) })
  })

  it('Redoc draws when storage is full', async () => {
    const fill = () => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError')
      }
    }
    const page = await open({ url: join(site, 'index.html'), before: (page) => page.addInitScript(fill) })
    await page.getByTestId('color-mode-switcher').click()
    await page.locator('html.dark').waitFor()
  })

  it('Redoc draws under the policy sandbox allow-scripts', async () => {
    const headers = { 'content-security-policy': 'sandbox allow-scripts' }
    await open({ url: address, before: (page) => serve(page, index, headers) })
  })

  it('Redoc draws in a sandboxed frame', async () => {
    const frame = `<iframe sandbox="allow-scripts" src="${address}index.html" width="1300" height="800"></iframe>`
    const page = await open({
      url: address,
      ready: 'iframe',
      before: async (page) => {
        await serve(page, index)
        await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body: frame }))
      },
    })
    await page.frameLocator('iframe').locator(interactive).waitFor()
  })
})

inBrowser('until Redoc has drawn', (open) => {
  it('the plain reference is complete, and Redoc then replaces it', async () => {
    const { page, draw } = await openHeld(open)
    await expectComplete(page)
    await draw()
    await page.locator(interactive).waitFor()
    expect(await page.locator('#reference').isVisible()).toBe(false)
  })

  it.each<[string, (page: Page) => Promise<unknown>]>([
    ['scrolled', (page) => page.mouse.wheel(0, 700)],
    ['selected a text', (page) => page.locator('#reference p').first().dblclick()],
    ['focused a link', (page) => page.keyboard.press('Tab')],
    ['followed a link into the page', (page) => page.locator('#reference li a').first().click()],
  ])('a reader who has %s keeps the plain reference, until they choose the other form', async (_, act) => {
    const { page, draw } = await openHeld(open)
    await act(page)
    const acted = 'scrollY > 0 || !getSelection().isCollapsed || document.activeElement !== document.body'
    await page.waitForFunction(acted)
    await draw()
    const button = page.getByRole('button', { name: 'Interactive view' })
    await button.waitFor()
    expect(await page.locator(plain).count()).toBe(1)
    await button.click()
    await page.locator(interactive).waitFor()
  })

  it('Redoc neither scrolls the plain reference nor changes its address', async () => {
    const { page, draw } = await openHeld(open)
    await page.mouse.wheel(0, 700)
    await page.waitForFunction('scrollY === 700')
    await draw()
    await page.getByRole('button', { name: 'Interactive view' }).waitFor()
    expect(await page.evaluate('scrollY')).toBe(700)
    await page.mouse.wheel(0, 700)
    await page.waitForFunction('scrollY === 1400')
    expect(new URL(page.url()).hash).toBe('')
  })

  it('the shortcuts of Redoc do nothing', async () => {
    const { page, draw } = await openHeld(open)
    await page.keyboard.press('Tab')
    await draw()
    await page.getByRole('button', { name: 'Interactive view' }).waitFor()
    await page.keyboard.press('Control+k')
    expect(await page.getByTestId('search-dialog').count()).toBe(0)
  })
})

inBrowser('the two forms', (open) => {
  it.each(sections.filter(({ call }) => call))('open at the address of $title', async ({ title, address: at }) => {
    const { page, draw } = await openHeld(open, `#${at}`)
    await inView(page, `#${slug(title)}`)
    await draw()
    await page.locator(interactive).waitFor({ state: 'attached' })
    await inView(page, `#redoc [data-section-id="${at}"] h2`)
  })

  it('open at the former address of a section', async () => {
    const page = await open({ url: `${join(site, 'index.html')}#/what-can-go-wrong` })
    await inView(page, '#redoc [data-section-id="/errors"] h2')
    const reference = `${join(site, 'reference.html')}#/what-can-go-wrong`
    await inView(await open({ url: reference, ready: plain, javaScriptEnabled: false }), '#errors')
  })

  it('exchange the section that is being read', async () => {
    const { page, draw } = await openHeld(open)
    await page.locator('#reference li a', { hasText: 'Errors' }).click()
    await draw()
    await page.getByRole('button', { name: 'Interactive view' }).click()
    await inView(page, '#redoc [data-section-id="/errors"] h2')
    await page.getByRole('button', { name: 'Plain view' }).press('Enter')
    await inView(page, '#errors')
  })

  it.each(['#queueImageInstall', '#/nowhere', '#schema-install'])(
    'show the plain reference at %s, an address without a page in Redoc',
    async (fragment) => {
      const page = await open({ url: join(site, `index.html${fragment}`), ready: plain })
      await page.getByRole('button', { name: 'Interactive view' }).click()
      await page.locator(interactive).waitFor()
    },
  )
})

/** The facts that a reader needs first: fields of both jobs, errors, authentication. */
async function expectComplete(page: Page): Promise<void> {
  expect(await page.locator('#reference').isVisible()).toBe(true)
  const text = await page.locator('#reference').innerText()
  for (const fact of ['versionmirrorid', 'machinejobid', 'jobstateid', 'error_message', 'HTTP Basic', 'Bearer token']) {
    expect(text).toContain(fact)
  }
}
