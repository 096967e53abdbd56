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

/**
 * The problems that the mock itself reports, as opposed to error responses of the contract. Each is sent as
 * `application/problem+json` with the `type` `urn:image-install-queue-mock:` followed by its name.
 */
export const problems = {
  'malformed-request': { status: 400, title: 'The request is not valid HTTP' },
  'invalid-request': { status: 422, title: 'The request breaks the contract' },
  unauthorized: { status: 401, title: 'Credentials are missing or malformed' },
  'unknown-route': { status: 404, title: 'The contract has no such path' },
  'method-not-allowed': { status: 405, title: 'This path does not have this method' },
  'unknown-preference': { status: 400, title: 'The Prefer header requests something that the contract does not have' },
  'unknown-fault': { status: 400, title: 'The fault is not known' },
  'not-acceptable': { status: 406, title: 'The contract has no response of a type that the Accept header allows' },
  'unsupported-encoding': { status: 415, title: 'Compressed request bodies are not supported' },
  'body-too-large': { status: 413, title: 'The body is larger than the mock reads' },
  'rate-limited': { status: 429, title: 'An injected fault limits the rate' },
  'no-response': { status: 500, title: 'No response can be made from the contract' },
  'contract-violated': { status: 502, title: 'The forwarded request or its response breaks the contract' },
  'upstream-unreachable': { status: 502, title: 'The upstream host did not respond' },
  'unknown-control-path': { status: 404, title: 'There is no such control path' },
  'invalid-control-request': { status: 400, title: 'The control request is not valid' },
  'control-forbidden': { status: 403, title: 'This control request is not allowed' },
} as const satisfies Record<string, { status: number; title: string }>

/** @param fields further fields of the body */
export function problem(
  name: keyof typeof problems,
  detail: string,
  fields: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
): MockResponse {
  const { title, status } = problems[name]
  const body = { type: `urn:image-install-queue-mock:${name}`, title, status, detail, ...fields }
  const response = responseWith(
    status,
    { 'content-type': 'application/problem+json', ...headers },
    JSON.stringify(body),
  )
  return { ...response, isProblem: true }
}

export function methodNotAllowed(method: string, path: string, allowed: readonly string[]): MockResponse {
  const allow = allowed.join(', ')
  return problem('method-not-allowed', `${path} has ${allow}, not ${method}.`, {}, { allow })
}

export const bodyTooLarge = (): MockResponse => problem('body-too-large', `The limit is ${bodyLimit} bytes.`)

/** Whether HTTP allows no body with this status. */
export function isBodiless(status: number): boolean {
  return status === 204 || status === 205 || status === 304
}

/** The part of a body that arrives when the connection ends half way. */
export function firstHalf(body: string | Buffer): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Buffer.from(body))
  return bytes.subarray(0, Math.floor(bytes.length / 2))
}

export function errorMessage(thrown: unknown): string {
  // Its own message is empty if no address of a host accepts a connection.
  if (thrown instanceof AggregateError) return thrown.errors.map(errorMessage).join('; ')
  return thrown instanceof Error ? thrown.message : `${thrown}`
}

export const shorten = (text: string): string => (text.length > 100 ? `${text.slice(0, 100)}…` : text)
