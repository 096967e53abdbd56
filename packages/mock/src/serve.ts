import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sentReply } from './cors.ts'
import type { Handled } from './handled.ts'
import { bodyLimit, firstHalf, type Incoming } from './message.ts'
import { problem } from './problem.ts'
import type { MockServer } from './types.ts'

export type Handler = (incoming: Incoming) => Handled | Promise<Handled>

/**
 * Serves a handler over HTTP/1.1. Directly on node:http, because a fault must reach the socket and because a layer of web
 * requests between would cost a fifth of the throughput.
 *
 * @throws what listening fails with, for example `EADDRINUSE`
 */
export async function serve(handler: Handler, port: number, host: string): Promise<MockServer> {
  const timeouts = { requestTimeout: 30_000, headersTimeout: 10_000, connectionsCheckingInterval: 1_000 }
  const server = createServer(timeouts, (request, response) => {
    receive(request, (body, isTooLarge) => answer(handler, response, incomingFrom(request, body, isTooLarge)))
  })
  server.listen(port, host)
  await once(server, 'listening')
  // A server that listens on a port has an address.
  const { address, port: taken } = server.address() as AddressInfo
  return {
    url: `http://${address.includes(':') ? `[${address}]` : address}:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function incomingFrom(
  { method = '', url = '', headers }: IncomingMessage,
  body?: Buffer,
  isTooLarge = false,
): Incoming {
  return {
    method,
    // A proxy's caller sends a whole URL, where credentials may stand before the host.
    target: url.replace(/^[^/]+:\/\/[^/?#]*\/?/, '/'),
    // Node joins repeated headers to one text, but for set-cookie, which no request has.
    headers: headers as Incoming['headers'],
    body,
    isTooLarge,
  }
}

function answer(handler: Handler, response: ServerResponse, incoming: Incoming): void {
  const settle = (handled: Handled) => send(incoming, response, handled)
  // One request that nobody foresaw must not end the mock for all others.
  const fail = (error: unknown) => settle({ reply: problem('no-answer', `The mock failed: ${error}.`) })
  try {
    const handled = handler(incoming)
    if (handled instanceof Promise) handled.then(settle).catch(fail)
    else settle(handled)
  } catch (error) {
    fail(error)
  }
}

function receive(request: IncomingMessage, then: (body?: Buffer, isTooLarge?: boolean) => void): void {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers
  if (encoding === undefined && (length === undefined || length === '0')) {
    then()
    return
  }
  let chunks: Buffer[] = []
  let size = 0
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= bodyLimit) chunks.push(chunk)
    else if (chunks.length > 0) {
      // What is beyond the limit is read and forgotten, so that the answer reaches a caller who is still sending.
      chunks = []
      then(undefined, true)
    }
  })
  request.on('end', () => {
    if (size <= bodyLimit) then(Buffer.concat(chunks))
  })
  request.on('error', () => {})
}

function send(incoming: Incoming, response: ServerResponse, handled: Handled): void {
  const { fault } = handled
  if (fault?.kind === 'delay') {
    const timer = setTimeout(() => send(incoming, response, { reply: handled.reply }), fault.ms)
    response.once('close', () => clearTimeout(timer))
    return
  }
  if (fault?.kind === 'hang') return
  if (fault?.kind === 'reset') {
    response.req.socket.resetAndDestroy()
    return
  }
  const { status, headers, body } = sentReply(incoming, handled)
  response.writeHead(status, headers)
  if (fault?.kind === 'truncate' && body !== undefined) {
    response.write(firstHalf(body), () => response.req.socket.destroy())
    return
  }
  response.end(body)
}
