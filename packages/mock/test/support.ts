import { mkdtemp, rm } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createMock, type Mock } from '../src/index.ts'

/** The header of Basic credentials. */
export const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
})

export const path = (jobid: string | number, query = 'accountserviceid=5678&mirroring=true') =>
  `/cfp/v1/imageinstall/${jobid}/queue${query && '?'}${query}`

export interface MockedResponse {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // Untyped: a test compares what it reads.
  readonly json: ReturnType<typeof JSON.parse>
}

/** Sends a request to a mock in process, with valid credentials unless others are given. */
export async function ask(
  target: string,
  init: RequestInit = {},
  mock: Pick<Mock, 'fetch'> = createMock(),
): Promise<MockedResponse> {
  const headers = { ...basic('key', 'secret'), ...Object.fromEntries(new Headers(init.headers)) }
  const response = await mock.fetch(`http://mock${target}`, { ...init, headers })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson(response) && text ? JSON.parse(text) : undefined,
  }
}

function isJson(response: Response): boolean {
  return response.headers.get('content-type')?.includes('json') ?? false
}

/** Sends bytes to a port and returns everything received until the connection ends. */
export function exchange(
  port: number,
  bytes: string | Buffer,
  use: (socket: Socket) => void = () => {},
): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let back = ''
    socket.on('data', (chunk) => {
      back += chunk.toString('latin1')
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(back))
    socket.write(bytes)
    use(socket)
  })
}

/** Creates a folder that is removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mock-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}
