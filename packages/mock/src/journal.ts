import type { Handled } from './handled.ts'
import type { Incoming } from './message.ts'
import type { RecordedRequest } from './types.ts'

/** Headers that carry credentials. */
export const secret: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization', 'cookie'])

/** A request and its answer without the credentials in it. */
export function recorded({ method, target, headers, body }: Incoming, handled: Handled): RecordedRequest {
  const kept = Object.entries(headers).map(([name, value]) => [name, secret.has(name) ? '[redacted]' : value] as const)
  const { operationId, scenario, fault, reply } = handled
  return {
    method,
    url: target,
    headers: Object.fromEntries(kept),
    ...(body && { body: body.toString('utf8', 0, 40_000).slice(0, 10_000) }),
    ...(operationId !== undefined && { operationId }),
    ...(scenario !== undefined && { scenario }),
    ...(fault && { fault: fault.text }),
    status: reply.status,
  }
}
