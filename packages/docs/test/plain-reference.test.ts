import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inBrowser, plain, tooWide } from './browser.ts'
import { sections, site } from './site.ts'

const read = (file: string) => readFileSync(join(site, file), 'utf8')

inBrowser('the plain reference', (open) => {
  const openPlain = (options = {}) =>
    open({ url: join(site, 'reference.html'), ready: plain, javaScriptEnabled: false, ...options })

  it('has the sections of the documentation, and the schemas', async () => {
    const page = await openPlain()
    const titles = [...sections.map(({ title }) => title), 'Schemas']
    expect(await page.locator('h2').allTextContents()).toEqual(titles)
  })

  it('has no link to a place that does not exist', async () => {
    const page = await openPlain()
    const lost = await page
      .locator('main a[href^="#"]')
      .evaluateAll((links) =>
        links.map((link) => link.getAttribute('href') ?? '').filter((href) => !document.getElementById(href.slice(1))),
      )
    expect(lost).toEqual([])
  })

  it('names the calls on the first screen, and leads to them', async () => {
    const page = await openPlain()
    await page.locator('main li a').first().click()
    expect(await page.locator(':target').innerText()).toBe('Queue an image install')
  })

  it.each([390, 320])('stacks the rows of tables and scrolls nothing sideways at %i px', async (width) => {
    const page = await openPlain({ viewport: { width, height: 800 } })
    expect(await tooWide(page, 'main, main table')).toEqual([])
    const cell = page.locator('td[data-label="meaning"]').first()
    expect(await cell.evaluate((element) => getComputedStyle(element, '::before').content)).toBe('"meaning: "')
  })
})

inBrowser('on paper', (open) => {
  it('the plain reference is printed, dark on white, with every example', async () => {
    const page = await open({ url: join(site, 'index.html'), colorScheme: 'dark' })
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('body > :visible').evaluateAll((all) => all.map(({ id }) => id))).toEqual(['reference'])
    const styles = await page
      .locator('#reference h1, #reference p, #reference td')
      .evaluateAll((all) => all.map((element) => getComputedStyle(element).color))
    expect(new Set(styles)).toEqual(new Set(['rgb(27, 28, 33)']))
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe(
      'rgb(255, 255, 255)',
    )
    const hidden = page.locator('#reference details pre:not(:visible)')
    expect(await hidden.count()).toBe(0)
    // A page of A4 without its margins.
    await page.setViewportSize({ width: 700, height: 1000 })
    const cut = await page
      .locator('#reference :is(table, pre)')
      .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).length)
    expect(cut).toBe(0)
  })
})

describe('the HTML', () => {
  const html = read('index.html')

  it('has the plain reference before every script and every style sheet of Redoc', () => {
    const body = html.slice(html.indexOf('<body>'))
    expect(body).toMatch(/^<body>\s*<main id="reference">/)
    const after = body.slice(body.indexOf('</main>'))
    expect(after.match(/<script/g)?.length).toBe(html.match(/<script/g)?.length)
    expect(after).toContain('<div id="redoc" hidden></div>')
    expect(after.match(/<style[^>]*>/g)).toEqual(['<style media="not all">'])
    expect(html.indexOf('<body>')).toBeLessThan(10_000)
  })

  it('has the same plain reference as reference.html', () => {
    const main = /<main id="reference">[\s\S]*?<\/main>/
    expect(main.exec(html)?.[0]).toBe(main.exec(read('reference.html'))?.[0])
  })

  it('describes the page to search engines, and names the Markdown', () => {
    expect(html).toContain('<meta name="description" content="Queue the install')
    expect(html).toContain('<link rel="alternate" type="text/markdown" href="reference.md">')
  })
})
