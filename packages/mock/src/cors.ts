import type { Handled } from './handled.ts'
import type { Incoming, Reply } from './message.ts'

/** Answers the question that a browser asks before a request to another origin. */
export function preflight({ method, headers }: Incoming): Reply | undefined {
  const wanted = headers['access-control-request-method']
  if (method !== 'OPTIONS' || headers.origin === undefined || wanted === undefined) return undefined
  const allowed = {
    'access-control-allow-methods': wanted,
    'access-control-allow-headers': headers['access-control-request-headers'] ?? '*',
    'access-control-max-age': '600',
  }
  return { status: 204, headers: allowed, body: undefined }
}

/** What the caller gets: the fault's answer if it has one, readable for pages of any origin, to HEAD without its body. */
export function sentReply({ method, headers: { origin } }: Incoming, { reply, fault }: Handled): Reply {
  const whole = fault?.kind === 'reply' ? fault.reply : reply
  const sent = method === 'HEAD' ? { ...whole, body: undefined } : whole
  if (origin === undefined) return sent
  const { vary } = sent.headers
  const cors = {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': Object.keys(sent.headers).join(', '),
    vary: vary === undefined ? 'origin' : `${vary}, origin`,
  }
  return { ...sent, headers: { ...sent.headers, ...cors } }
}
