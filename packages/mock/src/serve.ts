import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { bodyLimit, firstHalf, type MockRequest, type MockResponse, problem } from './message.ts'
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
  const server = createServer(options, (request, response) => {
    if (request.headers.host === undefined && request.httpVersion === '1.1') {
      onMalformed(400, noHost)
      const { status, headers, body } = problem('malformed-request', noHost)
      response.writeHead(status, { ...headers, connection: 'close' }).end(body)
      return
    }
    receive(request, (body, isTooLarge) => respond(handler, response, requestFrom(request, body, isTooLarge)))
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

function requestFrom(
  { method = '', url = '', headers }: IncomingMessage,
  body?: Buffer,
  isTooLarge = false,
): MockRequest {
  return {
    method,
    // A client that uses the mock as an HTTP proxy sends a whole URL, which may contain credentials before the host.
    target: url.replace(/^[^/]+:\/\/[^/?#]*\/?/, '/'),
    // Node joins repeated headers to one string, except set-cookie, which requests do not have.
    headers: headers as MockRequest['headers'],
    body,
    isTooLarge,
  }
}

function respond(handler: Handler, response: ServerResponse, request: MockRequest): void {
  const settle = (result: HandlerResult) => send(request, response, result)
  // An unexpected error must not end the mock for all other requests.
  const fail = (error: unknown) => settle({ response: problem('no-response', `The mock failed: ${error}.`) })
  try {
    const result = handler(request)
    if (result instanceof Promise) result.then(settle).catch(fail)
    else settle(result)
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
      // The rest is read and discarded, so that the response reaches a caller who is still sending.
      chunks = []
      then(undefined, true)
    }
  })
  request.on('end', () => {
    if (size <= bodyLimit) then(Buffer.concat(chunks))
  })
  request.on('error', () => {})
}

function send(request: MockRequest, response: ServerResponse, result: HandlerResult): void {
  const { fault } = result
  if (fault?.kind === 'delay') {
    const timer = setTimeout(() => write(response, sentResponse(request, result)), fault.ms)
    response.once('close', () => clearTimeout(timer))
    return
  }
  if (fault?.kind === 'hang') return
  if (fault?.kind === 'reset') {
    response.req.socket.resetAndDestroy()
    return
  }
  const sent = sentResponse(request, result)
  if (fault?.kind === 'truncate' && sent.body !== undefined) {
    response.writeHead(sent.status, sent.headers)
    response.write(firstHalf(sent.body), () => response.req.socket.destroy())
    return
  }
  write(response, sent)
}

function write(response: ServerResponse, { status, headers, body }: MockResponse): void {
  response.writeHead(status, headers)
  response.end(body)
}
