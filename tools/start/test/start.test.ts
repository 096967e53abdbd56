import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { listen } from '../src/server.ts'

const root = join(import.meta.dirname, '../../..')

describe('the server', () => {
  it.each([
    ['/', 'text/html; charset=utf-8', '<!doctype html>'],
    ['/index.html', 'text/html; charset=utf-8', '<!doctype html>'],
    ['/reference.html', 'text/html; charset=utf-8', '<!doctype html>'],
    ['/reference.md', 'text/markdown; charset=utf-8', '# '],
    ['/openapi.yaml', 'application/yaml', '# '],
    ['/openapi.json', 'application/json', '{'],
    ['/workflows.arazzo.yaml', 'application/yaml', '# '],
  ])('serves %s as %s', async (path, mediaType, start) => {
    const server = await listen(0)
    const response = await fetch(server.url + path)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe(mediaType)
    expect((await response.text()).slice(0, start.length).toLowerCase()).toBe(start.toLowerCase())
    await server.close()
  })

  it('listens on loopback, and forwards every other path to the mock', async () => {
    const server = await listen(0)
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const response = await fetch(`${server.url}/../package.json`)
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    await server.close()
  })

  it('responds to TRACE, which fetch cannot send, as the mock does', async () => {
    const server = await listen(0)
    const [response] = await once(request(`${server.url}/nowhere`, { method: 'TRACE' }).end(), 'response')
    expect(response.statusCode).toBe(404)
    response.resume()
    await server.close()
  })

  it('returns the response of the mock to a body that is too large, and keeps the connection', async () => {
    const server = await listen(0)
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const body = Buffer.alloc(11 * 1024 * 1024)
    const [response] = await once(
      request(`${server.url}/__mock/faults`, { method: 'POST', agent }).end(body),
      'response',
    )
    expect(response.statusCode).toBe(413)
    expect(response.headers.connection).toBe('keep-alive')
    response.resume()
    agent.destroy()
    await server.close()
  })

  it('breaks a connection as a fault of the mock does', async () => {
    const server = await listen(0)
    const request = (fault: string, signal?: AbortSignal) =>
      fetch(`${server.url}/cfp/v1/imageinstall/1234/queue?accountserviceid=5678&mirroring=true`, {
        headers: { authorization: `Basic ${btoa('demo:demo')}`, 'mock-fault': fault },
        ...(signal && { signal }),
      })
    await expect(request('reset')).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
    const half = await request('truncate')
    expect(half.status).toBe(200)
    expect(Number(half.headers.get('content-length'))).toBeGreaterThan(0)
    await expect(half.text()).rejects.toThrow('terminated')
    await expect(request('hang', AbortSignal.timeout(200))).rejects.toThrow('timeout')
    expect((await request('delay=1')).status).toBe(200)
    expect((await request('html-502')).status).toBe(502)
    await server.close()
  })
})

describe('the command', () => {
  const command = join(import.meta.dirname, '../src/start.ts')

  async function start() {
    const child = spawn(process.execPath, [command], { env: { ...process.env, PORT: '0' } })
    const exit = once(child, 'close').then(([code]) => code)
    let printed = ''
    for await (const line of createInterface(child.stdout)) {
      printed += `${line}\n`
      if (line.includes('Ctrl-C')) break
    }
    child.stdout.resume()
    return { child, exit, printed, url: /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0] ?? '' }
  }

  it('prints a command that queues a job on the mock and waits for it', async () => {
    const { child, exit, printed } = await start()
    const [, line = ''] = /^( {2}CLANFORGE_BASE_URL=[\s\S]*?--every 1s)$/m.exec(printed) ?? []
    const words = line.replace('\\\n', ' ').trim().split(/\s+/)
    const variables = words.filter((word) => /^[A-Z_]+=/.test(word)).map((word) => word.split('='))
    const [program = '', ...args] = words.slice(words.indexOf('node') + 1)
    // A shorter interval, so that the test does not wait.
    const short = args.map((argument) => (argument === '1s' ? '10ms' : argument))
    const env = { PATH: process.env.PATH, ...Object.fromEntries(variables) }
    await promisify(execFile)(process.execPath, [program, ...short], { cwd: root, env })
    child.kill('SIGTERM')
    expect(await exit).toBe(0)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('serves until %s, then exits with 0', async (signal) => {
    const { child, exit, url } = await start()
    expect((await fetch(url)).status).toBe(200)
    child.kill(signal)
    expect(await exit).toBe(0)
    await expect(fetch(url)).rejects.toThrow('fetch failed')
  })

  it('prints one line and exits with 1 if the port is in use', async () => {
    const server = await listen(0)
    const { port } = new URL(server.url)
    const failed = promisify(execFile)(process.execPath, [command], { env: { PORT: port } })
    await expect(failed).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: `Port ${port} is in use. Choose another one: PORT=4011 npx -y pnpm@12 start\n`,
    })
    await server.close()
  })

  it.each(['abc', '65536', '-1'])('prints one line and exits with 1 for PORT=%s', (port) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [command], { env: { PORT: port }, encoding: 'utf8' })
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toBe(`PORT=${port} is not a port. Use a whole number from 0 to 65535.\n`)
  })
})

describe('the check of Node', () => {
  const check = join(import.meta.dirname, '../src/check-node.js')

  it('accepts the Node of the install', () => {
    const { status, stderr } = spawnSync(process.execPath, [check], { encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })

  it('names its version and the remedy if Node is older', () => {
    const older = 'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.1.0" } })'
    const args = ['--import', `data:text/javascript,${older}`, check]
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    expect(status).toBe(1)
    expect(stderr).toMatch(/^This is Node 20\.1\.0, and the tools require Node 24\. .*install Node 24 yourself\.\n$/)
  })
})
