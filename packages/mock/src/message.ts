/** A request, received over a port or in process. */
export interface MockRequest {
  /** Upper case. */
  readonly method: string
  /** Path and query. */
  readonly target: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | undefined
  /** Whether the body exceeds {@link bodyLimit} and was discarded. */
  readonly isTooLarge?: boolean
}

/** The largest body that is read, in bytes. */
export const bodyLimit = 10 * 1024 * 1024

/** A response, sent over a port or returned in process. */
export interface MockResponse {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | string[]>>
  /** A string where possible: node:http sends it with the headers in one write, and bytes in another. */
  readonly body: string | Buffer | undefined
  /** Whether it is a problem of the mock itself, not a response of the contract. */
  readonly isProblem?: true
}

/** Creates a response with its `Content-Length`. */
export function responseWith(status: number, headers: MockResponse['headers'], body: string | Buffer): MockResponse {
  return { status, headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) }, body }
}

export function jsonResponse(status: number, value: unknown): MockResponse {
  return responseWith(status, { 'content-type': 'application/json' }, JSON.stringify(value))
}

/** Whether HTTP allows no body with this status. */
export function isBodiless(status: number): boolean {
  return status === 204 || status === 205 || status === 304
}

/** The part of a body that arrives when the connection ends half way. */
export function firstHalf(body: string | Buffer): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Buffer.from(body))
  return bytes.subarray(0, Math.floor(bytes.length / 2))
}

/** The message of a thrown value, without the name of the error's class. */
export const errorMessage = (thrown: unknown): string => `${thrown}`.replace(/^\w*Error( \[\w+\])?: /, '')

export const shorten = (text: string): string => (text.length > 100 ? `${text.slice(0, 100)}…` : text)
