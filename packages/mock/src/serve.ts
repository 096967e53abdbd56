import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Outcome } from './handler.ts'
import { firstHalf, type Incoming } from './message.ts'
import { problem } from './problem.ts'
import type { Listening } from './types.ts'

export type Handler = (incoming: Incoming) => Outcome | Promise<Outcome>

/** The largest body that is read, in bytes. */
export const bodyLimit = 10 * 1024 * 1024

/**
 * Serves a handler over HTTP/1.1. Directly on node:http, because a fault must reach the socket and because a layer of web
 * requests between would cost a fifth of the throughput.
 *
 * @throws what listening fails with, for example `EADDRINUSE`
 */
export async function serve(handler: Handler, port: number, host: string): Promise<Listening> {
  const timeouts = { requestTimeout: 30_000, headersTimeout: 10_000, connectionsCheckingInterval: 1_000 }
  const server = createServer(timeouts, (request, response) => {
    receive(request, (body) => answer(handler, request, response, body))
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

function answer(handler: Handler, request: IncomingMessage, response: ServerResponse, body: Body): void {
  const settle = (outcome: Outcome) => send(request, response, outcome)
  // One request that nobody foresaw must not end the mock for all others.
  const fail = (error: unknown) => settle({ answer: problem('no-answer', `The mock failed: ${error}.`) })
  try {
    const { method = '', url = '' } = request
    // Node joins repeated headers to one text, but for set-cookie, which no request has.
    const headers = request.headers as Incoming['headers']
    const outcome =
      body === 'too large'
        ? { answer: problem('body-too-large', `The limit is ${bodyLimit} bytes.`) }
        : handler({ method, target: url, headers, body })
    if (outcome instanceof Promise) outcome.then(settle, fail)
    else settle(outcome)
  } catch (error) {
    fail(error)
  }
}

type Body = Buffer | undefined | 'too large'

function receive(request: IncomingMessage, then: (body: Body) => void): void {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers
  if (encoding === undefined && (length === undefined || length === '0')) {
    then(undefined)
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
      then('too large')
    }
  })
  request.on('end', () => {
    if (size <= bodyLimit) then(Buffer.concat(chunks))
  })
  request.on('error', () => {})
}

function send(request: IncomingMessage, response: ServerResponse, { answer, fault }: Outcome): void {
  if (fault?.kind === 'delay') {
    const timer = setTimeout(() => send(request, response, { answer }), fault.ms)
    response.once('close', () => clearTimeout(timer))
    return
  }
  if (fault?.kind === 'hang') return
  if (fault?.kind === 'reset') {
    request.socket.resetAndDestroy()
    return
  }
  const { status, headers, body } = fault?.kind === 'answer' ? fault.answer : answer
  response.writeHead(status, headers)
  if (fault?.kind === 'truncate' && body !== undefined) {
    response.write(firstHalf(body), () => request.socket.destroy())
    return
  }
  response.end(request.method === 'HEAD' ? undefined : body)
}
