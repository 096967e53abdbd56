/** A request as the mock sees it, whichever way it came. */
export interface Incoming {
  /** Upper case. */
  readonly method: string
  /** Path and query. */
  readonly target: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | undefined
  /** The body is beyond {@link bodyLimit} and was not kept. */
  readonly isTooLarge?: boolean
}

/** The largest body that is read, in bytes. */
export const bodyLimit = 10 * 1024 * 1024

/** What the mock sends. */
export interface Reply {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | string[]>>
  /** A text where there is a choice: node:http sends it with the headers in one write, and bytes in another. */
  readonly body: string | Buffer | undefined
  /** The mock speaks for itself. */
  readonly isProblem?: true
}

/** Builds a reply that knows its length. */
export function replyWith(status: number, headers: Reply['headers'], body: string | Buffer): Reply {
  return { status, headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) }, body }
}

export function jsonReply(status: number, value: unknown): Reply {
  return replyWith(status, { 'content-type': 'application/json' }, JSON.stringify(value))
}

/** Whether HTTP has no body under this status. */
export function isBodiless(status: number): boolean {
  return status === 204 || status === 205 || status === 304
}

/** What arrives of a body when the connection ends half way. */
export function firstHalf(body: string | Buffer): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Buffer.from(body))
  return bytes.subarray(0, Math.floor(bytes.length / 2))
}

/** What was thrown, in words, without the name of the error's kind. */
export const reasonOf = (thrown: unknown): string => `${thrown}`.replace(/^\w*Error( \[\w+\])?: /, '')

export const shorten = (text: string): string => (text.length > 100 ? `${text.slice(0, 100)}…` : text)
