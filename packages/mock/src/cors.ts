import type { Answer, Incoming } from './message.ts'

/** Answers the question that a browser asks before a request to another origin. */
export function preflight({ method, headers }: Incoming): Answer | undefined {
  const wanted = headers['access-control-request-method']
  if (method !== 'OPTIONS' || headers.origin === undefined || wanted === undefined) return undefined
  return {
    status: 204,
    headers: { 'access-control-allow-methods': wanted, 'access-control-max-age': '600' },
    body: undefined,
  }
}

/** Lets pages of any origin read the answer: it is a mock's. */
export function withCors({ headers }: Incoming, answer: Answer): Answer {
  const { origin } = headers
  if (origin === undefined) return answer
  const cors = {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-allow-headers': headers['access-control-request-headers'] ?? '*',
    'access-control-expose-headers': Object.keys(answer.headers).join(', '),
    vary: 'origin',
  }
  return { ...answer, headers: { ...answer.headers, ...cors } }
}
