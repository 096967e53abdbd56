import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { dirname, extname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { createMock, type Mock, type MockServer } from '@image-install-queue/mock'

const mediaTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.yaml': 'application/yaml',
}

/**
 * Serves the files of the documentation, and the mock for every other path, on one port of this machine.
 *
 * @throws the system's error if the port is in use
 */
export async function listen(port: number): Promise<MockServer> {
  const files = documentation()
  const mock = createMock()
  const server = createServer((request, response) => {
    const file = files.get(request.url?.split('?')[0] ?? '')
    if (file) response.writeHead(200, { 'content-type': file.mediaType }).end(file.bytes)
    else void forward(request, response, mock)
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  // A server that listens on a port has an address.
  const { port: taken } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${taken}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      await mock[Symbol.asyncDispose]()
    },
  }
}

/** Responds with the mock. If a fault of the mock breaks the connection, this one breaks too. */
async function forward(request: IncomingMessage, response: ServerResponse, mock: Mock): Promise<void> {
  const { method = 'GET', url = '/', headers, socket } = request
  const abandoned = new AbortController()
  response.once('close', () => abandoned.abort())
  try {
    const body = method === 'GET' || method === 'HEAD' ? null : new Uint8Array(await buffer(request))
    const forwarded = new Headers(Object.entries(headers).map(([name, value]) => [name, `${value}`]))
    const reply = await mock.fetch(`http://mock/${url.slice(1)}`, {
      method,
      headers: forwarded,
      body,
      signal: abandoned.signal,
    })
    response.writeHead(reply.status, Object.fromEntries(reply.headers))
    for await (const chunk of reply.body ?? []) response.write(chunk)
    response.end()
  } catch {
    // Half of a body was sent. It must arrive before the connection closes.
    if (response.headersSent) socket.destroySoon()
    else socket.resetAndDestroy()
  }
}

function documentation() {
  const folder = join(dirname(createRequire(import.meta.url).resolve('@image-install-queue/docs/package.json')), 'dist')
  const files = new Map(
    readdirSync(folder).map((name) => {
      const mediaType = mediaTypes[extname(name)] ?? 'application/octet-stream'
      return [`/${name}`, { bytes: readFileSync(join(folder, name)), mediaType }]
    }),
  )
  const page = files.get('/index.html')
  if (page) files.set('/', page)
  return files
}
