import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createSocketServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** An HTTP server on a free port, closed after the test. */
export async function serve(
  handler: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ url: string; requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    handler(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${portOf(server.address())}`, requests }
}

/** A server that returns this body for every request. */
export const serverReturning = (body: string, status = 200, headers: Record<string, string> = {}) =>
  serve((_request, response) => response.writeHead(status, headers).end(body))

/** A socket server on a free port, closed after the test. `onData` receives all data so far. */
export async function listen(
  onData: (socket: Socket, received: string, connection: number) => void,
): Promise<{ url: string; port: number; arrivals: () => number }> {
  const sockets = new Set<Socket>()
  let connections = 0
  let arrivals = 0
  const server = createSocketServer((socket) => {
    const connection = ++connections
    let received = ''
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      received += chunk
      arrivals += chunk.toString().includes(' HTTP/1.1\r\n') ? 1 : 0
      onData(socket, received, connection)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const port = portOf(server.address())
  return { url: `http://127.0.0.1:${port}`, port, arrivals: () => arrivals }
}

/** A port without a server: it was released just now. */
export async function freePort(): Promise<number> {
  const server = createSocketServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = portOf(server.address())
  await new Promise((resolve) => server.close(resolve))
  return port
}

function portOf(address: string | AddressInfo | null): number {
  if (typeof address !== 'object' || address === null) throw new Error('the server does not listen on a port')
  return address.port
}
