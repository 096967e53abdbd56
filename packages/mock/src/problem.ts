import { bodyLimit, type MockResponse, responseWith } from './message.ts'

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

export const bodyTooLarge = (): MockResponse => problem('body-too-large', `The limit is ${bodyLimit} bytes.`)
