import { type Reply, replyWith } from './message.ts'

/**
 * What the mock itself has to say, as opposed to an answer of the contract. Every one is an
 * `application/problem+json` whose `type` is `urn:image-install-queue-mock:` and one of these names.
 */
export const problems = {
  'invalid-request': { status: 422, title: 'The request breaks the contract' },
  unauthorized: { status: 401, title: 'Credentials are missing or malformed' },
  'unknown-route': { status: 404, title: 'The contract has no such path' },
  'method-not-allowed': { status: 405, title: 'The contract has no such method on this path' },
  'unknown-preference': { status: 400, title: 'The Prefer header asks for something the contract does not have' },
  'unknown-fault': { status: 400, title: 'The Mock-Fault header asks for a fault the mock does not know' },
  'not-acceptable': { status: 406, title: 'The contract has no answer of a type that the Accept header allows' },
  'unsupported-encoding': { status: 415, title: 'Compressed request bodies are not supported' },
  'body-too-large': { status: 413, title: 'The body is larger than the mock reads' },
  'rate-limited': { status: 429, title: 'A rate limit was asked for with Mock-Fault' },
  'no-answer': { status: 500, title: 'No answer can be made from the contract' },
  'contract-violated': { status: 502, title: 'The call through the proxy broke the contract' },
  'upstream-unreachable': { status: 502, title: 'The host behind the proxy did not answer' },
} as const satisfies Record<string, { status: number; title: string }>

export function problem(
  name: keyof typeof problems,
  detail: string,
  more: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const { status, title } = problems[name]
  const body = { type: `urn:image-install-queue-mock:${name}`, title, status, detail, ...more }
  const reply = replyWith(status, { 'content-type': 'application/problem+json', ...headers }, JSON.stringify(body))
  return { ...reply, isProblem: true }
}
