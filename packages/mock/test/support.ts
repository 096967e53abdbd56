import { createMock, type Mock } from '../src/index.ts'

/** Credentials of every shape that the contract lets in. */
export const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
})

export const path = (jobid: string | number, query = 'accountserviceid=5678&mirroring=true') =>
  `/cfp/v1/imageinstall/${jobid}/queue${query && '?'}${query}`

export interface Asked {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // What a test reads of an answer it compares at once.
  readonly json: ReturnType<typeof JSON.parse>
}

/** Asks a mock in process, with good credentials unless they are given. */
export async function ask(
  target: string,
  init: RequestInit = {},
  mock: Pick<Mock, 'fetch'> = createMock(),
): Promise<Asked> {
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
