import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { places } from '../src/build.ts'
import { dev } from '../src/live.ts'
import { inBrowser } from './browser.ts'
import { temporaryFolder } from './temporary-folder.ts'

const folder = temporaryFolder()
const yaml = join(folder, 'openapi.yaml')
const samples = join(folder, 'samples')
const sample = join(samples, 'queueImageInstall/curl.sh')
const command = join(import.meta.dirname, '../src/dev.ts')
const printed: string[] = []

let server: Awaited<ReturnType<typeof dev>>

beforeAll(async () => {
  cpSync(places.yaml, yaml)
  cpSync(places.samples, samples, { recursive: true })
  writeFileSync(join(folder, 'redocly.yaml'), 'telemetry: off\nrules: { operation-summary: error }\n')
  server = await dev({ yaml, samples, out: join(folder, 'out'), port: 0, print: (line) => printed.push(line) })
}, 30_000)
afterAll(() => server.close())

const waiting = { timeout: 20_000, interval: 50 }

describe('pnpm docs:dev', () => {
  it('serves the page, its plain forms and the contract on loopback', async () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
    for (const name of ['', 'index.html', 'reference.html', 'reference.md', 'openapi.yaml', 'openapi.json']) {
      expect((await fetch(server.url + name)).status, name).toBe(200)
    }
    expect((await fetch(`${server.url}other.html`)).status).toBe(404)
    expect((await fetch(`${server.url}..%2fopenapi.yaml`)).status).toBe(404)
  })

  it('builds again when the contract changes', async () => {
    write(yaml, (text) => text.replace('summary: Queue an image install', 'summary: Queue it now'))
    await vi.waitFor(async () => expect(await text('reference.md')).toContain('## Queue it now'), waiting)
  })

  it('prints what the linter finds, with file and line', async () => {
    write(yaml, (text) => text.replace(/^ +summary: Queue it now\n/m, ''))
    const line =
      readFileSync(yaml, 'utf8')
        .split('\n')
        .findIndex((text) => text.trim() === 'get:') + 1
    await vi.waitFor(() => expect(printed.join('\n')).toMatch(`openapi.yaml:${line}:`), waiting)
    expect(printed.join('\n')).toContain('operation-summary')
    // The linter of the build before may have seen the change already.
    await vi.waitFor(async () => expect(await text('reference.md')).not.toContain('Queue it now'), waiting)
  })

  it('prints where a contract is broken, and keeps the last page', async () => {
    const before = await text('reference.md')
    write(yaml, (text) => text.replace('openapi: 3.1.1', 'openapi: [3.1.1'))
    await vi.waitFor(() => expect(printed.join('\n')).toMatch(/openapi\.yaml:\d+:\d+ not YAML/), waiting)
    expect(await text('reference.md')).toBe(before)
    write(yaml, (text) => text.replace('openapi: [3.1.1', 'openapi: 3.1.1'))
  })
})

describe('the command', () => {
  it('gives a port that is taken one clear line, and exit 1', () => {
    const { port } = new URL(server.url)
    const { status, stderr } = spawnSync(process.execPath, [command], { env: { PORT: port }, encoding: 'utf8' })
    expect(stderr).toContain(`EADDRINUSE: address already in use 127.0.0.1:${port}`)
    expect(stderr).not.toContain('    at ')
    expect(status).toBe(1)
  })
})

inBrowser('an open page of pnpm docs:dev', (open) => {
  it('shows a changed sample by itself', async () => {
    const page = await open({ url: server.url })
    write(sample, (text) => `# A new first line.\n${text}`)
    await page.getByText('# A new first line.').first().waitFor({ timeout: 20_000 })
  })
})

function write(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')))
}

async function text(name: string): Promise<string> {
  return (await fetch(server.url + name)).text()
}
