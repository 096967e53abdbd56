import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { certificate, key } from '../../client/test/support/untrusted-certificate.ts'
import { createProxy } from '../src/network.ts'
import { command, scripted } from './support.ts'

const bin = join(import.meta.dirname, '../bin/image-install-queue.js')

/** A proxy that opens no tunnel, and an API on this machine. Both record what they receive. */
let proxied: IncomingMessage[]
let direct: IncomingMessage[]
const api = () =>
  createServer((request, response) => {
    direct.push(request)
    response.setHeader('content-type', 'application/json').end('{"installs":[]}')
  })
const proxy = () =>
  createServer((request, response) => {
    proxied.push(request)
    response.writeHead(502).end()
  }).on('connect', (request, socket) => {
    proxied.push(request)
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  })

let servers: Pick<Server, 'close' | 'closeAllConnections'>[]
async function listen(server: Server): Promise<number> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object(server.address()).port
}
beforeEach(() => {
  proxied = []
  direct = []
  servers = []
})
afterEach(() => {
  for (const server of servers) {
    server.close()
    server.closeAllConnections()
  }
})

/** Sends a request as the command does, without the retries of a client. */
const send = (address: string, env: Readonly<Record<string, string>>) =>
  createProxy(env)?.fetch(address, { headers: { authorization: 'Basic hidden' } })

/** Runs `list` as a process. */
async function list(env: Readonly<Record<string, string>>, ...options: readonly string[]) {
  const credentials = { CLANFORGE_ACCESS_KEY: 'anykey', CLANFORGE_SECRET_KEY: 'secretkeys' }
  const child = spawn(process.execPath, [bin, 'list', ...options], {
    env: { ...credentials, CLANFORGE_ACCOUNT_SERVICE_ID: '5678', ...env },
  })
  let err = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text
  })
  child.stdout.resume()
  const exit = await new Promise((resolve) => child.once('close', resolve))
  return { exit, err }
}

describe('HTTPS_PROXY', () => {
  it.each(['HTTPS_PROXY', 'https_proxy'])('is used for a live host, spelled %s', async (name) => {
    const port = await listen(proxy())
    await expect(send('https://live.invalid', { [name]: `http://127.0.0.1:${port}` })).rejects.toThrow()
    expect(proxied.map(({ method, url }) => `${method} ${url}`)).toEqual(['CONNECT live.invalid:443'])
    expect(proxied.flatMap(({ rawHeaders }) => rawHeaders).join()).not.toContain('hidden')
  })

  it('tunnels to a live host, and credentials go through the tunnel only', async () => {
    const target = createTlsServer({ cert: certificate, key }, (request, response) => {
      direct.push(request)
      response.setHeader('content-type', 'application/json').end('{"installs":[]}')
    })
    const targetPort = await listen(target)
    const tunnel = createServer().on('connect', (request, socket) => {
      proxied.push(request)
      const upstream = connect(targetPort, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
        socket.pipe(upstream).pipe(socket)
      })
    })
    const port = await listen(tunnel)
    const folder = mkdtempSync(join(tmpdir(), 'cli-proxy-'))
    writeFileSync(join(folder, 'ca.pem'), certificate)
    const { exit, err } = await list({
      CLANFORGE_BASE_URL: 'https://untrusted.test',
      HTTPS_PROXY: `http://127.0.0.1:${port}`,
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    })
    rmSync(folder, { recursive: true })
    expect([exit, err]).toEqual([0, ''])
    expect(direct[0]?.headers.authorization).toMatch(/^Basic /)
    expect(proxied.flatMap(({ rawHeaders }) => rawHeaders).join()).not.toContain('Basic')
  })

  it('that does not respond does not keep the command from ending', async () => {
    const silent = createServer().on('connect', () => {})
    const port = await listen(silent)
    const env = { CLANFORGE_BASE_URL: 'https://live.invalid', HTTPS_PROXY: `http://127.0.0.1:${port}` }
    const { exit, err } = await list(env, '--request-timeout', '500ms')
    expect([exit, err]).toEqual([1, expect.stringContaining('(timed out)')])
  })

  it('that was not needed is closed without being loaded', async () => {
    await expect(createProxy({ HTTPS_PROXY: 'http://127.0.0.1:9' })?.close()).resolves.toBeUndefined()
  })

  it('may lack the scheme', async () => {
    const port = await listen(proxy())
    await expect(send('https://live.invalid', { HTTPS_PROXY: `127.0.0.1:${port}` })).rejects.toThrow()
    expect(proxied).toHaveLength(1)
  })

  it('is not used for hosts in NO_PROXY', async () => {
    const port = await listen(proxy())
    vi.stubEnv('NO_PROXY', 'other.example,.invalid')
    onTestFinished(() => void vi.unstubAllEnvs())
    await expect(send('https://live.invalid', { HTTPS_PROXY: `http://127.0.0.1:${port}` })).rejects.toThrow()
    expect(proxied).toEqual([])
  })

  it.each(['127.0.0.1', 'localhost'])('is never used for this machine: %s', async (host) => {
    const [apiPort, proxyPort] = [await listen(api()), await listen(proxy())]
    const address = `http://127.0.0.1:${proxyPort}`
    const { exit } = await list({
      CLANFORGE_BASE_URL: `http://${host}:${apiPort}`,
      ...{ HTTPS_PROXY: address, HTTP_PROXY: address, http_proxy: address },
    })
    expect([exit, direct.length, proxied]).toEqual([0, 1, []])
    await send(`http://${host}:${apiPort}`, { HTTPS_PROXY: address })
    expect([direct.length, proxied]).toEqual([2, []])
  })

  it('is not needed', () => {
    expect(createProxy({ HTTPS_PROXY: '' })).toBeUndefined()
  })

  it.each(['socks5://user:hidden@proxy', 'http://'])('must be an http or https address, not %s', async (address) => {
    const { client, requested } = scripted([[]])
    const { exit, err } = await command('list', client, { env: { HTTPS_PROXY: address } })
    expect([exit, requested]).toEqual([2, []])
    expect(err).toContain('HTTPS_PROXY is not an http or https address')
    expect(err).not.toContain('hidden')
  })
})
