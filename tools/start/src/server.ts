import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { dirname, extname, join } from 'node:path'
import { createMock } from '@image-install-queue/mock'

const mediaTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.yaml': 'application/yaml',
}

/**
 * One origin for everything: the files of the documentation, and the mock behind every other path. The mock listens by
 * itself, since its faults are faults of a connection.
 */
export async function listen(port: number): Promise<{ url: string; close: () => Promise<void> }> {
  const mock = await createMock().listen()
  const files = documentation()
  const server = createServer((request, response) => {
    const file = files.get(request.url?.split('?')[0] ?? '')
    if (file) response.setHeader('content-type', file.mediaType).end(file.bytes)
    else forward(mock.url, request, response)
  })
  const close = async () => {
    server.close()
    server.closeAllConnections()
    await mock.close()
  }
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  } catch (error) {
    await close()
    throw error
  }
  // A server that listens on a port has an address.
  const address = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${address.port}`, close }
}

/** Passes a request on, and its answer or what became of the connection back. */
function forward(url: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { hostname, port } = new URL(url)
  const { method, headers, url: path, socket } = incoming
  // A connection for each request, so that none ends because an older one did.
  const passed = request({ hostname, port, path, method, headers, agent: false }, (answer) => {
    const { connection, ...kept } = answer.headers
    outgoing.writeHead(answer.statusCode ?? 502, kept)
    answer.on('error', () => socket.destroySoon()).pipe(outgoing)
  })
  passed.on('error', () => socket.resetAndDestroy())
  outgoing.on('close', () => passed.destroy())
  incoming.pipe(passed)
}

/** The built pages by path. They are read once: a page is a file, and what is not in the folder is not served. */
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
