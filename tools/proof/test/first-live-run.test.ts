import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const page = readFileSync(join(root, 'spec/FIRST-LIVE-RUN.md'), 'utf8')
const [, proxyLine = ''] = /^ +npx (image-install-queue-mock .*)$/m.exec(page) ?? []
const [, listLine = ''] = /^ +npx (image-install-queue .*)$/m.exec(page) ?? []
const [, program = ''] = /^ +```ts\n([\s\S]*?)^ +```/m.exec(page) ?? []

const credentials = { CLANFORGE_ACCESS_KEY: 'access-canary', CLANFORGE_SECRET_KEY: 'secret-canary' }

/** A list with four violations of the contract. The first response has a fifth: its status. */
const list = {
  success: 1,
  installs: [
    { jobid: '1003', mirroring: true, jobstateid: 4, jobstatename: 'Running', jobprogress: 140, jobeta: '' },
    { jobid: 1004, mirroring: false, jobstateid: 2, jobstatename: 'Pending', jobprogress: 0, jobeta: null },
  ],
}

describe('the first live run, as its page describes it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'live-run-'))
  const received: string[] = []
  const upstream = createServer(({ method, url }, response) => {
    received.push(`${method} ${url?.split('?')[0]}`)
    if (received.length === 1)
      response.writeHead(429, { 'content-type': 'text/plain', 'retry-after': '0' }).end('slow down')
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(list))
  })
  let proxy: ReturnType<typeof spawn>
  let env: Record<string, string>

  const node = (args: readonly string[]) => promisify(execFile)(process.execPath, args, { cwd: folder, env })

  beforeAll(async () => {
    await once(upstream.listen(0, '127.0.0.1'), 'listening')
    const { port } = upstream.address() as AddressInfo // a TCP server's address
    const [, ...args] = proxyLine.replace('https://api.multiplay.co.uk', `http://127.0.0.1:${port}`).split(' ')
    const child = spawn(process.execPath, [join(root, 'packages/mock/bin/mock.js'), ...args, '--port', '0'], {
      cwd: folder,
    })
    proxy = child
    for await (const line of createInterface(child.stdout)) {
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? []
      if (url === undefined) continue
      env = { ...credentials, CLANFORGE_ACCOUNT_SERVICE_ID: '5678', CLANFORGE_BASE_URL: url }
      break
    }
    child.stdout.resume()
  })
  afterAll(() => {
    proxy.kill()
    upstream.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('reports all five violations of a scripted host, and no credential', async () => {
    const [, ...args] = listLine.split(' ')
    await node([join(root, 'packages/cli/bin/image-install-queue.js'), ...args])
    const report = readFileSync(join(folder, 'findings.json'), 'utf8')
    const { violations } = JSON.parse(report)
    const found = new Map(violations.map((each: Record<string, string>) => [each.location, each.received]))
    expect(Object.fromEntries(found)).toEqual({
      status: '429',
      'body /success': '1',
      'body /installs/*/jobid': '"1003"',
      'body /installs/*/jobprogress': '140',
      'body /installs/*/jobeta': '""',
    })
    expect(report).not.toContain('canary')
  })

  it('describes the types of all fields, and no value', async () => {
    writeFileSync(join(folder, 'describe.ts'), program)
    const { stdout } = await node(['describe.ts'])
    expect(stdout).toContain('status 200, content-type application/json\n')
    expect(stdout).toContain('body.installs[].jobid: string, number\n')
    expect(stdout).toContain('body.installs[].jobeta: empty string, null\n')
    for (const value of ['1003', '1004', '140', 'Running', 'canary']) expect(stdout).not.toContain(value)
  })

  it('only lists', () => {
    expect(new Set(received)).toEqual(new Set(['GET /cfp/v1/imageinstall/status']))
  })
})

it('the page refers to unknowns that exist', () => {
  const unknowns = readFileSync(join(root, 'spec/SOURCES.md'), 'utf8')
  const numbers = [...page.matchAll(/\bU\d+\b/g)].map(([number]) => number)
  expect(numbers.length).toBeGreaterThan(8)
  expect(numbers.filter((number) => !unknowns.includes(`| ${number} |`))).toEqual([])
})
