import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { bodyLimit, type Incoming } from '../message.ts'

/** What the host behind the proxy answered. */
export interface Forwarded {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** Headers that belong to one connection, that are written anew, or that only the mock reads. */
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
  'mock-violations',
])

const idleLimitMs = 60_000

/**
 * Passes a request on, once: over a fresh connection, so that nothing sends it again, and without following a redirect.
 *
 * @throws when no whole answer came
 */
export function forward({ method, headers, body }: Incoming, url: URL): Promise<Forwarded> {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest
  const passed = passOn(headers)
  // Node frames a body of GET, DELETE and others by its length alone, and leaves it out where that is not said.
  const framed = body ? { ...passed, 'content-length': `${body.length}` } : passed
  return new Promise((resolve, reject) => {
    const options = {
      method,
      agent: false,
      timeout: idleLimitMs,
      headers: { ...framed, 'accept-encoding': 'identity' },
    }
    const request = send(url, options, (response) => {
      const { statusCode = 0, headers } = response
      if (statusCode < 200) request.destroy(new Error(`it answered with status ${statusCode}`))
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        size += chunk.length
        if (size > bodyLimit) request.destroy(new Error(`the answer is larger than ${bodyLimit} bytes`))
      })
      response.on('end', () => resolve({ status: statusCode, headers, body: Buffer.concat(chunks) }))
      response.on('error', reject)
    })
    // A call that is still out there does not keep the process from ending.
    request.on('socket', (socket) => socket.unref())
    // Neither an answer nor an error comes after a 101 that changes the protocol.
    request.on('upgrade', () => reject(new Error('it answered with status 101')))
    request.on('timeout', () => request.destroy(new Error(`nothing came for ${idleLimitMs / 1000} s`)))
    request.on('error', reject)
    request.end(body)
  })
}

/** The headers that go on: none of this connection, and none that `Connection` names as such. */
function passOn(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const named = `${headers.connection ?? ''}`.toLowerCase().split(/\s*,\s*/)
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || ownHeaders.has(name) || named.includes(name) ? [] : [[name, value] as const],
  )
  return Object.fromEntries(entries)
}

/** The headers of an answer that go back to the caller. */
export const passBack = passOn
