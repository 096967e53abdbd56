import { expect, it } from 'vitest'
import { inBrowser } from './browser.ts'
import { sections } from './contract.ts'

inBrowser('with JavaScript off', (open) => {
  it.each(['index.html', 'reference.html'])('%s has the sections in the order of the page', async (file) => {
    const page = await open({ file, javaScriptEnabled: false })
    expect(await page.locator('main:visible h2').allTextContents()).toEqual([...sections, 'Schemas'])
  })

  it('every link inside the plain page leads somewhere', async () => {
    const page = await open({ file: 'reference.html', javaScriptEnabled: false })
    const lost = await page
      .locator('main a[href^="#"]')
      .evaluateAll((links) =>
        links.map((link) => link.getAttribute('href') ?? '').filter((href) => !document.getElementById(href.slice(1))),
      )
    expect(lost).toEqual([])
  })

  it('names the calls on the first screen, and leads to them', async () => {
    const page = await open({ file: 'reference.html', javaScriptEnabled: false })
    await page.locator('main li a').first().click()
    expect(await page.locator(':target').innerText()).toBe('Queue an image install')
  })

  it('shows an example answer at a click', async () => {
    const page = await open({ file: 'reference.html', javaScriptEnabled: false })
    const example = page.locator('details', { hasText: 'imageLocked' })
    await example.locator('summary').click()
    await example.getByText('image locked by diffid').waitFor()
  })
})
