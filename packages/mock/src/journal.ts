import { secretHeaders } from './generated/contract.gen.ts'
import type { Outcome } from './handler.ts'
import type { Incoming } from './message.ts'

/** What was asked of the mock, and what it answered. */
export interface RecordedRequest {
  /** Upper case. */
  readonly method: string
  /** Path and query. */
  readonly url: string
  /** Lower-case names; credentials are replaced by `[redacted]`. */
  readonly headers: Readonly<Record<string, string>>
  /** The text of the body, its first 10,000 characters. */
  readonly body?: string
  /** The operation that was called; absent when the contract has none such. */
  readonly operationId?: string
  /** The name of the scenario or example that answered; absent when it was none. */
  readonly scenario?: string
  /** The status of the answer, before any fault. */
  readonly status: number
}

/** Older requests are forgotten beyond this many. */
const limit = 1000

const secret: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization', 'cookie', ...secretHeaders])

export interface Journal {
  readonly requests: readonly RecordedRequest[]
  record(incoming: Incoming, outcome: Outcome): void
  clear(): void
}

export function createJournal(): Journal {
  let requests: RecordedRequest[] = []
  return {
    get requests() {
      return requests.slice(-limit)
    },
    record(incoming, outcome) {
      if (outcome.isAside) return
      // Cut back in large steps: to drop one entry a request would move all the others each time.
      if (requests.length >= 2 * limit) requests = requests.slice(-limit)
      requests.push(recorded(incoming, outcome))
    },
    clear() {
      requests = []
    },
  }
}

function recorded({ method, target, headers, body }: Incoming, outcome: Outcome): RecordedRequest {
  const kept: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined) kept[name] = secret.has(name) ? '[redacted]' : value
  }
  const { operationId, scenario, answer } = outcome
  return {
    method,
    url: target,
    headers: kept,
    ...(body && { body: body.toString('utf8', 0, 10_000) }),
    ...(operationId !== undefined && { operationId }),
    ...(scenario !== undefined && { scenario }),
    status: answer.status,
  }
}
