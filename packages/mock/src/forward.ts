import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Incoming } from './message.ts'

/** What the host behind the proxy answered. */
export interface Forwarded {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** Headers that belong to one connection, or that only the mock reads. */
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
  'host',
  'accept-encoding',
  'mock-fault',
])

const idleLimitMs = 60_000
const answerLimit = 10 * 1024 * 1024

/**
 * Passes a request on, once: over a fresh connection, so that nothing sends it again, and without following a redirect.
 *
 * @throws when no whole answer came
 */
export function forward({ method, headers, body }: Incoming, url: URL): Promise<Forwarded> {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest
  const passed = Object.entries(headers).filter(([name]) => !ownHeaders.has(name))
  return new Promise((resolve, reject) => {
    const options = {
      method,
      agent: false,
      timeout: idleLimitMs,
      headers: { ...Object.fromEntries(passed), 'accept-encoding': 'identity' },
    }
    const request = send(url, options, (response) => {
      const { statusCode = 0, headers } = response
      if (statusCode < 200) request.destroy(new Error(`it answered with status ${statusCode}`))
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        size += chunk.length
        if (size > answerLimit) request.destroy(new Error(`the answer is larger than ${answerLimit} bytes`))
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

/** The headers of an answer that go back to the caller. */
export function passBack(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || ownHeaders.has(name) ? [] : [[name, value] as const],
  )
  return Object.fromEntries(entries)
}
