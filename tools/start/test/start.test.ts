import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { demo } from '../src/demo.ts'
import { listen } from '../src/server.ts'

const credentials = { accessKey: 'demo', secretKey: 'demo', accountserviceid: 5678 }

describe('the server', () => {
  it.each([
    ['/', 'text/html; charset=utf-8', '<!doctype html>'],
    ['/index.html', 'text/html; charset=utf-8', '<!doctype html>'],
    ['/reference.html', 'text/html; charset=utf-8', '<!doctype html>'],
    ['/reference.md', 'text/markdown; charset=utf-8', '# '],
    ['/openapi.yaml', 'application/yaml', '# The contract'],
    ['/openapi.json', 'application/json', '{'],
    ['/workflows.arazzo.yaml', 'application/yaml', '# A rollout'],
  ])('gives %s as %s', async (path, mediaType, start) => {
    const server = await listen(0)
    const response = await fetch(server.url + path)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe(mediaType)
    expect((await response.text()).slice(0, start.length).toLowerCase()).toBe(start.toLowerCase())
    await server.close()
  })

  it('leaves every other path to the mock, and listens on loopback', async () => {
    const server = await listen(0)
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const response = await fetch(`${server.url}/../package.json`)
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    await server.close()
  })

  it('passes on what the mock does to a connection', async () => {
    const server = await listen(0)
    const ask = (fault: string, signal?: AbortSignal) =>
      fetch(`${server.url}/cfp/v1/imageinstall/1234/queue?accountserviceid=5678&mirroring=true`, {
        headers: { authorization: `Basic ${btoa('demo:demo')}`, 'mock-fault': fault },
        ...(signal && { signal }),
      })
    await expect(ask('reset')).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
    const half = await ask('truncate')
    expect(half.status).toBe(200)
    expect(Number(half.headers.get('content-length'))).toBeGreaterThan(0)
    await expect(half.text()).rejects.toThrow('terminated')
    await expect(ask('hang', AbortSignal.timeout(200))).rejects.toThrow('timeout')
    expect((await ask('delay=1')).status).toBe(200)
    expect((await ask('html-502')).status).toBe(502)
    await server.close()
  })

  it('passes a body on', async () => {
    const server = await listen(0)
    const response = await fetch(`${server.url}/nowhere`, { method: 'POST', body: 'x' })
    expect(response.status).toBe(404)
    await server.close()
  })
})

describe('the demo', () => {
  let printed: string
  beforeEach(() => {
    printed = ''
    vi.spyOn(console, 'log').mockImplementation((line) => {
      printed += `${line}\n`
    })
  })
  afterEach(() => vi.restoreAllMocks())

  it('lists, queues what was listed, a mirror job and a machine job, and meets the error with status 200', async () => {
    const server = await listen(0)
    expect(await demo({ ...credentials, baseUrl: server.url })).toBe(0)
    expect(printed).toMatch(/✓ .*: a list of installs\n.*"jobid":1003/)
    expect(printed).toMatch(/✓ queueImageInstall\({"jobid":1003,"mirroring":true}\): a mirror job\n.*versionmirrorid/)
    expect(printed).toMatch(/✓ .*: a machine job\n.*machinejobid/)
    expect(printed).toMatch(/✓ .*: an error with status 200\n.*image locked/)
    await server.close()
  })

  it('counts every answer that is not what it should be', async () => {
    const wrong = createServer((_, response) => response.end('{"machinejobid":1}')).listen(0, '127.0.0.1')
    await once(wrong, 'listening')
    const { port } = wrong.address() as AddressInfo // a TCP server's address
    expect(await demo({ ...credentials, baseUrl: `http://127.0.0.1:${port}` })).toBe(4)
    expect(printed).toMatch(/✗ .*: a mirror job/)
    wrong.close()
  })
})

describe('the command', () => {
  const command = join(import.meta.dirname, '../src/entry.js')
  // What is to be served is built already: a turbo that has nothing to do.
  const programs = mkdtempSync(join(tmpdir(), 'start-'))
  writeFileSync(join(programs, 'turbo'), '#!/bin/sh\n', { mode: 0o755 })
  const path = `${programs}:${process.env.PATH}`
  afterAll(() => rmSync(programs, { recursive: true }))

  function start(port: string, ...args: string[]) {
    const child = spawn(process.execPath, [command, ...args], { env: { ...process.env, PORT: port, PATH: path } })
    const output = { text: '', errors: '' }
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      output.text += chunk
    })
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      output.errors += chunk
    })
    const ended = once(child, 'close').then(([code]) => ({ code, ...output }))
    return { child, output, ended }
  }

  it('ends with 0 after the demo when asked to run once', async () => {
    const { code, text, errors } = await start('0', '--once').ended
    expect({ code, errors }).toEqual({ code: 0, errors: '' })
    expect(text.match(/✓/g)).toHaveLength(4)
    expect(text).toMatch(
      /CLANFORGE_BASE_URL=http:\/\/127\.0\.0\.1:\d+ .*CLANFORGE_ACCOUNT_SERVICE_ID=7001 \\\n.* queue 1003 --wait/,
    )
  })

  it('answers a busy port with one line and 1', async () => {
    const server = await listen(0)
    const { port } = new URL(server.url)
    const { code, text, errors } = await start(port, '--once').ended
    expect({ code, text }).toEqual({ code: 1, text: '' })
    expect(errors).toBe(`Port ${port} is in use. Choose another: PORT=4011 npx -y pnpm@12 start\n`)
    await server.close()
  })

  it.each([
    ['abc', [], 'PORT=abc is not a port: use a whole number from 0 to 65535.\n'],
    ['65536', [], 'PORT=65536 is not a port: use a whole number from 0 to 65535.\n'],
    ['0', ['--onec'], "Unknown option '--onec'. Known are --once and --help.\n"],
    ['0', ['now'], "Unexpected argument 'now'. Known are --once and --help.\n"],
  ])('answers PORT=%s and arguments %j with one line and 2', async (port, args, message) => {
    const { code, errors } = await start(port, ...args).ended
    expect({ code, errors }).toEqual({ code: 2, errors: message })
  })

  it('says how to use it when asked, and builds nothing for that or for a wrong option', async () => {
    const asked = await start('0', '--help').ended
    expect(asked).toMatchObject({ code: 0, errors: '' })
    expect(asked.text).toMatch(/^usage: .* start[\s\S]*--once/)
    for (const option of ['--help', '--onec']) {
      // Without turbo on the path nothing can be built.
      const { status, stdout } = spawnSync(process.execPath, [command, option], { env: {}, encoding: 'utf8' })
      expect({ status, stdout }).toEqual(
        option === '--help' ? { status: 0, stdout: asked.text } : { status: 2, stdout: '' },
      )
    }
  })

  it('says in one line what to do where the install before it failed', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [command], { env: {}, encoding: 'utf8' })
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toMatch(/^Turbo is not there .*npx --offline -y pnpm@12 start\n$/)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('stays up until %s, then closes and ends with 0', async (signal) => {
    const { child, output, ended } = start('0')
    while (!output.text.includes('Press Ctrl-C')) await once(child.stdout, 'data')
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output.text)?.[0] ?? ''
    expect((await fetch(url)).status).toBe(200)
    child.kill(signal)
    expect((await ended).code).toBe(0)
    await expect(fetch(url)).rejects.toThrow('fetch failed')
  })
})
