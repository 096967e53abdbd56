import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { dirname, extname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { createMock, type MockServer } from '@image-install-queue/mock'

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
  const { url: mockUrl } = await mock.listen()
  const server = createServer((request, response) => {
    const file = files.get(request.url?.split('?')[0] ?? '')
    if (file) response.writeHead(200, { 'content-type': file.mediaType }).end(file.bytes)
    // The client left before its request was complete.
    else forward(request, response, mockUrl).catch(() => request.socket.destroy())
  })
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening')
  } catch (error) {
    await mock[Symbol.asyncDispose]()
    throw error
  }
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

/** Forwards a request to the mock. If a fault of the mock breaks the connection, this one breaks too. */
async function forward(request: IncomingMessage, response: ServerResponse, mock: string): Promise<void> {
  const { method, url: path, headers, socket } = request
  // Read first: the mock responds to a body that is too large before it has all of it, and that would break this connection.
  const body = await buffer(request)
  const forwarded = send(mock, { method, path, headers, agent: false }, (reply) => {
    // The connection to the mock ends, but that of the client does not.
    delete reply.headers.connection
    response.writeHead(reply.statusCode ?? 502, reply.headers)
    reply.pipe(response)
    // Half of a body must arrive before the connection closes.
    reply.once('close', () => reply.complete || socket.destroySoon())
  })
  forwarded.on('error', () => socket.resetAndDestroy())
  response.once('close', () => forwarded.destroy())
  forwarded.end(body)
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
