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
export interface NoResponse {
  readonly reason: string
  /** Whether no connection was established, so that the host cannot have received the request. */
  readonly isNotSent: boolean
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

/** Forwards a request once: over a new connection, so that nothing sends it again, and without following a redirect. */
export function forward({ method, headers, body }: MockRequest, url: URL): Promise<Forwarded | NoResponse> {
  const isTls = url.protocol === 'https:'
  const kept = endToEnd(headers)
  // Node frames a body of GET, DELETE and others by its length only, and omits the body if the length is absent.
  const framed = body ? { ...kept, 'content-length': `${body.length}` } : kept
  return new Promise((resolve) => {
    let isNotSent = true
    const fail = (error: Error) => resolve({ reason: errorMessage(error), isNotSent })
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
      response.on('error', fail)
    })
    request.on('socket', (socket) => {
      socket.once(isTls ? 'secureConnect' : 'connect', () => {
        isNotSent = false
      })
      // A pending request does not keep the process from ending.
      socket.unref()
    })
    // After a 101 that changes the protocol, neither a response nor an error follows.
    request.on('upgrade', () => fail(new Error('it responded with status 101')))
    request.on('timeout', () => request.destroy(new Error(`nothing was received for ${idleLimitMs / 1000} s`)))
    request.on('error', fail)
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
