import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { bodyLimit, firstHalf, type MockRequest, problem } from './message.ts'
import { type HandlerResult, sentResponse } from './result.ts'
import type { MockServer } from './types.ts'

export type Handler = (request: MockRequest) => HandlerResult | Promise<HandlerResult>

/** Observes requests that are not valid HTTP and never reach the handler. */
export type OnMalformed = (status: number, reason: string) => void

/**
 * Serves a handler over HTTP/1.1. It uses node:http directly, because a fault must reach the socket and because a layer of
 * web requests would cost a fifth of the throughput.
 *
 * @throws the system's error if it cannot listen, for example `EADDRINUSE`
 */
export async function serve(
  handler: Handler,
  port: number,
  host: string,
  onMalformed: OnMalformed = () => {},
): Promise<MockServer> {
  const options = {
    requestTimeout: 30_000,
    headersTimeout: 10_000,
    connectionsCheckingInterval: 1_000,
    // Node would reject the request with an empty body.
    requireHostHeader: false,
  }
  const server = createServer(options, async (request, response) => {
    if (request.headers.host === undefined && request.httpVersion === '1.1') {
      onMalformed(400, noHost)
      const { status, headers, body } = problem('malformed-request', noHost)
      response.writeHead(status, { ...headers, connection: 'close' }).end(body)
      return
    }
    const received = await receive(request)
    try {
      await send(received, response, await handler(received))
    } catch (error) {
      // An unexpected error must not end the mock for all other requests.
      await send(received, response, { response: problem('no-response', `The mock failed: ${error}.`) })
    }
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) =>
    rejectMalformed(error, socket, onMalformed),
  )
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

const noHost = 'The request has no Host header.'

const malformedStatuses: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

/** Responds to a request that Node's parser rejects. */
function rejectMalformed(error: NodeJS.ErrnoException, socket: Socket, onMalformed: OnMalformed): void {
  const status = malformedStatuses[error.code ?? ''] ?? 400
  // A caller that closed the connection sent nothing malformed, and a response in progress must not be mixed up with another.
  const responseInProgress: unknown = Reflect.get(socket, '_httpMessage')
  if (error.code === 'ECONNRESET' || !socket.writable || responseInProgress) {
    socket.destroy(error)
    return
  }
  const reason = status === 431 ? 'The URL and headers exceed 16 KiB.' : `${error.message}.`
  onMalformed(status, reason)
  const { headers, body } = problem('malformed-request', reason, { status })
  const lines = Object.entries({ ...headers, connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`)
}

/** Reads a request. The promise stays pending if the request breaks off. */
function receive(request: IncomingMessage): Promise<MockRequest> {
  return new Promise((resolve) => {
    const { method = '', url = '', headers } = request
    const done = (body: Buffer | undefined, isTooLarge = false) =>
      resolve({
        method,
        // A client that uses the mock as an HTTP proxy sends a whole URL, which may contain credentials before the host.
        target: url.replace(/^[^/]+:\/\/[^/?#]*\/?/, '/'),
        // Node joins repeated headers to one string, except set-cookie, which requests do not have.
        headers: headers as MockRequest['headers'],
        body,
        isTooLarge,
      })
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      chunks.push(chunk)
      if (size <= bodyLimit) return
      // The rest is read and discarded, so that the response reaches a caller who is still sending.
      chunks.length = 0
      done(undefined, true)
    })
    request.on('end', () => done(size > 0 ? Buffer.concat(chunks) : undefined))
    request.on('error', () => {})
  })
}

async function send(request: MockRequest, response: ServerResponse, result: HandlerResult): Promise<void> {
  const { fault } = result
  if (fault?.kind === 'hang') return
  if (fault?.kind === 'reset') {
    response.req.socket.resetAndDestroy()
    return
  }
  // A response that waits does not keep the process from ending.
  if (fault?.kind === 'delay') await setTimeout(fault.ms, undefined, { ref: false })
  const { status, headers, body } = sentResponse(request, result)
  response.writeHead(status, headers)
  if (fault?.kind === 'truncate' && body !== undefined)
    response.write(firstHalf(body), () => response.req.socket.destroy())
  else response.end(body)
}
