import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { readContract } from '@image-install-queue/contract/old/index'
import { chromiumPath } from '@image-install-queue/proof/programs'
import { type Browser, chromium } from 'playwright-core'
import { interleave, type Row, row } from '../measure.ts'
import { duration } from '../process.ts'

const require = createRequire(import.meta.url)
const docs = dirname(require.resolve('@image-install-queue/docs/package.json'))
const redocly = join(dirname(require.resolve('@redocly/cli/package.json')), 'bin/cli.js')
const spec = require.resolve('@image-install-queue/spec/openapi.yaml')

/** Build time, size, and how soon a reader sees something and the call's path. */
export async function measureDocs(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'plain-docs-'))
  const plain = join(folder, 'plain.html')
  const build = await interleave({
    ours: () => duration(process.execPath, ['--run', 'build'], docs),
    plain: () => duration(process.execPath, [redocly, 'build-docs', spec, '--inlineBundle', '-o', plain], folder),
  })
  const ours = join(docs, 'dist/index.html')
  const [operation] = (await readContract(spec)).operations
  const path = operation?.path ?? ''
  // Plain Redoc folds the call away; this is where a link to it leads.
  const [tag = ''] = operation?.node.tags ?? []
  const route = `#/${tag.toLowerCase().replaceAll(' ', '-')}/${operation?.operationId.toLowerCase()}`
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync'],
  })
  const paint = await interleave({ ours: () => firstPaint(browser, ours), plain: () => firstPaint(browser, plain) })
  const readable = await interleave({
    ours: () => untilReadable(browser, ours, path),
    plain: () => untilReadable(browser, plain, path, route),
  })
  await browser.close()
  const bytes = (file: string) => [readFileSync(file).length / 1e6]
  const zipped = (file: string) => [gzipSync(readFileSync(file), { level: 9 }).length / 1e6]
  const rows = [
    row('build', 'ms', build.ours, 'redocly build-docs', build.plain, { ratioAtMost: 1.5 }),
    row('page', 'MB', bytes(ours), 'plain Redoc 3', bytes(plain), { oursAtMost: 2.7 }),
    row('page, gzip', 'MB', zipped(ours), 'plain Redoc 3', zipped(plain), { oursAtMost: 0.75 }),
    row('first contentful paint', 'ms', paint.ours, 'plain Redoc 3', paint.plain),
    row('until the path is readable', 'ms', readable.ours, 'plain Redoc 3 at its route', readable.plain),
  ]
  rmSync(folder, { recursive: true })
  return rows
}

async function firstPaint(browser: Browser, file: string): Promise<number> {
  return await inPage(browser, file, (page) =>
    page.evaluate(
      () =>
        new Promise<number>((painted) => {
          new PerformanceObserver((list) => {
            const entry = list.getEntriesByName('first-contentful-paint')[0]
            if (entry) painted(entry.startTime)
          }).observe({ type: 'paint', buffered: true })
        }),
    ),
  )
}

async function untilReadable(browser: Browser, file: string, path: string, route = ''): Promise<number> {
  return await inPage(browser, file + route, async (page) => {
    await page.waitForFunction((text) => document.body?.innerText.includes(text), path)
    return await page.evaluate(() => performance.now())
  })
}

async function inPage<Result>(
  browser: Browser,
  file: string,
  measure: (page: Awaited<ReturnType<Browser['newPage']>>) => Promise<Result>,
): Promise<Result> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, bypassCSP: true })
  const [name = '', route = ''] = file.split(/(?=#)/)
  await page.goto(pathToFileURL(name).href + route, { waitUntil: 'commit' })
  const result = await measure(page)
  await page.close()
  return result
}
