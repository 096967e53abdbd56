import { secretHeaders } from './generated/contract.gen.ts'
import type { Outcome } from './handler.ts'
import type { Incoming } from './message.ts'
import type { RecordedRequest } from './types.ts'

/** Older requests are forgotten beyond this many. */
const limit = 1000

const secret: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization', 'cookie', ...secretHeaders])

export interface Journal {
  readonly requests: readonly RecordedRequest[]
  record(incoming: Incoming, outcome: Outcome): void
  clear(): void
}

export function createJournal(): Journal {
  const requests: RecordedRequest[] = []
  return {
    get requests() {
      return [...requests]
    },
    record(incoming, outcome) {
      if (outcome.isAside) return
      requests.push(recorded(incoming, outcome))
      if (requests.length > limit) requests.shift()
    },
    clear() {
      requests.length = 0
    },
  }
}

function recorded({ method, target, headers, body }: Incoming, outcome: Outcome): RecordedRequest {
  const kept = Object.entries(headers).map(([name, value]) => [name, secret.has(name) ? '[redacted]' : value] as const)
  const { operationId, scenario, answer } = outcome
  return {
    method,
    url: target,
    headers: Object.fromEntries(kept),
    ...(body && { body: body.toString('utf8', 0, 10_000) }),
    ...(operationId !== undefined && { operationId }),
    ...(scenario !== undefined && { scenario }),
    status: answer.status,
  }
}
