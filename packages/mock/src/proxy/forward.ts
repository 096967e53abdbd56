import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { bodyLimit, errorMessage, type MockRequest } from '../message.ts'

/** The response of the upstream host. */
export interface Forwarded {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** The upstream host sent no complete response. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError'
  /** Whether no connection was established, so that the host cannot have received the request. */
  readonly isNotSent: boolean

  constructor(cause: unknown, isNotSent: boolean) {
    super(errorMessage(cause), { cause })
    this.isNotSent = isNotSent
  }
}

/** Headers that belong to one connection, that are written again, or that only the mock reads. */
const ownHeaders = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'content-length',
  'host',
  'accept-encoding',
  'mock-fault',
  'mock-session',
  'mock-violations',
])

const idleLimitMs = 60_000

/**
 * Forwards a request once: over a new connection, so that nothing sends it again, and without following a redirect.
 *
 * @throws {UpstreamError} if there is no complete response
 */
export async function forward(request: MockRequest, url: URL): Promise<Forwarded> {
  let isConnected = false
  try {
    return await send(request, url, () => {
      isConnected = true
    })
  } catch (error) {
    throw new UpstreamError(error, !isConnected)
  }
}

function send({ method, headers, body }: MockRequest, url: URL, onConnected: () => void): Promise<Forwarded> {
  const isTls = url.protocol === 'https:'
  const kept = endToEnd(headers)
  // Node frames a body of GET, DELETE and others by its length only, and omits the body if the length is absent.
  const framed = body ? { ...kept, 'content-length': `${body.length}` } : kept
  return new Promise((resolve, reject) => {
    const options = {
      method,
      agent: false,
      timeout: idleLimitMs,
      headers: { ...framed, 'accept-encoding': 'identity' },
    }
    const request = (isTls ? httpsRequest : httpRequest)(url, options, (response) => {
      const { statusCode = 0, headers } = response
      if (statusCode < 200) request.destroy(new Error(`it responded with status ${statusCode}`))
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        size += chunk.length
        if (size > bodyLimit) request.destroy(new Error(`the response is larger than ${bodyLimit} bytes`))
      })
      response.on('end', () => resolve({ status: statusCode, headers, body: Buffer.concat(chunks) }))
      response.on('error', reject)
    })
    request.on('socket', (socket) => {
      socket.once(isTls ? 'secureConnect' : 'connect', onConnected)
      // A pending request does not keep the process from ending.
      socket.unref()
    })
    // After a 101 that changes the protocol, neither a response nor an error follows.
    request.on('upgrade', () => reject(new Error('it responded with status 101')))
    request.on('timeout', () => request.destroy(new Error(`nothing was received for ${idleLimitMs / 1000} s`)))
    request.on('error', reject)
    request.end(body)
  })
}

/** The headers to forward, in either direction: none of this connection, and none that `Connection` lists. */
export function endToEnd(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const listed = `${headers.connection ?? ''}`.toLowerCase().split(/\s*,\s*/)
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || ownHeaders.has(name) || listed.includes(name) ? [] : [[name, value] as const],
  )
  return Object.fromEntries(entries)
}
