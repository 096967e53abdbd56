import { expect, it } from 'vitest'
import { inBrowser } from './browser.ts'
import { operations } from './contract.ts'

const [operation] = operations
if (!operation) throw new Error('The contract has no operation.')
const { path, method, parameters, responses, answers } = operation

inBrowser('the call is open when the page opens', (open) => {
  it.each([
    { width: 1400, height: 900 },
    { width: 1024, height: 768 },
    { width: 390, height: 844 },
  ])('shows method and path on the first screen at $width px', async (viewport) => {
    const page = await open({ viewport })
    const line = page.locator('main li', { hasText: path }).first()
    expect(await line.textContent()).toContain(method.toUpperCase())
    const box = await line.boundingBox()
    expect(box && box.y >= 0 && box.y + box.height <= viewport.height && box.x + box.width <= viewport.width).toBe(true)
  })

  it('does not scroll sideways at 390 px', async () => {
    const page = await open({ viewport: { width: 390, height: 844 }, file: 'index.html#/other/queueimageinstall' })
    await page.getByText('Responses').first().waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })

  it('lists every parameter with its evidence and without the example of each scenario', async () => {
    const page = await open()
    for (const { name } of parameters) {
      const item = page.locator('.schema-property-item', { has: page.getByText(name, { exact: true }) }).first()
      await item.waitFor()
      const text = (await item.textContent()) ?? ''
      expect(text).toMatch(/Evidence: (documented|observed|inferred|assumed)/)
      expect(text).not.toContain(answers[2]?.name)
    }
  })

  it('names the three shapes behind 200, each one click away, above them what tells them apart', async () => {
    const page = await open()
    for (const [shape, field] of [
      ['MirrorJob', 'versionmirrorid'],
      ['MachineJob', 'machinejobid'],
      ['ErrorEnvelope', 'error_message'],
    ] as const) {
      await page.getByRole('tab', { name: shape }).click()
      await page.locator('.schema-property-item .schema-name', { hasText: field }).first().waitFor()
    }
    const table = page.locator('table', { hasText: 'ErrorEnvelope' })
    expect(await table.locator('th').allTextContents()).toEqual(['field', 'MirrorJob', 'MachineJob', 'ErrorEnvelope'])
    expect(await table.locator('tr', { hasText: 'versionmirrorid' }).locator('td').allTextContents()).toEqual([
      'versionmirrorid',
      'always there',
      '–',
      '–',
    ])
    await page.getByText('is an error: ErrorEnvelope').waitFor()
  })

  it('gives every status, and every field of each shape its evidence', async () => {
    const page = await open()
    const statuses = page.getByRole('tablist', { name: 'Response status' }).getByRole('tab')
    await statuses.first().waitFor()
    expect(await statuses.allTextContents()).toEqual([...responses.keys()])
    for (const shape of ['MirrorJob', 'MachineJob', 'ErrorEnvelope']) {
      await page.getByRole('tab', { name: shape }).click()
      const items = await page.locator('[id*="t=response"].schema-property-item').allTextContents()
      expect(items.length).toBeGreaterThan(4)
      expect(items.filter((text) => !text.includes('Evidence: '))).toEqual([])
    }
  })

  it('shows what an error status means after one click', async () => {
    const page = await open()
    await page.getByRole('tab', { name: '404' }).click()
    await page.getByText('There is no such install job.').first().waitFor()
  })

  it('lists the known values of an open set with their names', async () => {
    const page = await open()
    const table = page.locator('table', { hasText: 'Squashed' }).first()
    await table.waitFor()
    expect(await table.locator('tbody tr td:first-child').allTextContents()).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
    ])
    await page.getByText('Known values; more may come:').first().waitFor()
  })

  it('says what a state-changing GET means for caches and retries', async () => {
    const page = await open()
    const text = page.locator('main').getByText('This GET changes state.')
    await text.waitFor()
    expect(await text.textContent()).toMatch(/cache[\s\S]*retry/)
  })
})

inBrowser('the sections beside the call', (open) => {
  it('say before the call what to know first', async () => {
    const page = await open()
    const entries = page.locator('.menu-content [data-testid="menu-item-label"] [data-text]')
    expect((await entries.allTextContents()).slice(1, 3)).toEqual([
      'Three things to know first',
      'Queue an image install',
    ])
  })

  it('hold the scenario table: one row for each example of the contract', async () => {
    const page = await open({ file: 'index.html#/scenarios' })
    const rows = page.locator('#scenarios tbody tr')
    await rows.first().waitFor()
    expect(await rows.locator('td:first-child').allTextContents()).toEqual(answers.map(({ name }) => name))
  })

  it('say how to authenticate, with the environment variables of the client', async () => {
    const page = await open({ file: 'index.html#/authentication' })
    const section = page.locator('#authentication')
    await section.getByText('CLANFORGE_SECRET_KEY').waitFor()
    expect(await section.textContent()).toMatch(/basicAuth[\s\S]*bearerAuth/)
  })

  it('say what is not known', async () => {
    const page = await open({ file: 'index.html#/what-is-not-known' })
    await page.locator('#what-is-not-known').getByText('no sample value is published anywhere').waitFor()
  })
})
