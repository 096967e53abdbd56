import { sentAnswer } from './cors.ts'
import type { Outcome } from './handler.ts'
import { firstHalf, type Incoming } from './message.ts'

/** Answers web requests without a port. */
export function createFetch(handler: (incoming: Incoming) => Outcome): typeof fetch {
  return async (input, init) => {
    // A server library's own kind of Request cannot be copied into a real one, and need not be.
    const request = input instanceof Request && !init ? input : new Request(input, init)
    const { pathname, search } = new URL(request.url)
    const body = request.body ? Buffer.from(await request.arrayBuffer()) : undefined
    const { method, signal } = request
    signal.throwIfAborted()
    const incoming = { method, target: pathname + search, headers: Object.fromEntries(request.headers), body }
    return respond(signal, incoming, handler(incoming))
  }
}

async function respond(signal: AbortSignal, incoming: Incoming, outcome: Outcome): Promise<Response> {
  const { fault } = outcome
  if (fault?.kind === 'delay') await untilAborted(signal, fault.ms)
  if (fault?.kind === 'hang') await untilAborted(signal)
  if (fault?.kind === 'reset') throw connectionLost('fetch failed', 'ECONNRESET')
  const { status, headers, body } = sentAnswer(incoming, outcome)
  const content = body === undefined ? null : fault?.kind === 'truncate' ? half(body) : body
  return new Response(content, {
    status,
    headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
  })
}

/** Waits, without a time for weeks, and rejects with the caller's reason when the caller gives up. */
function untilAborted(signal: AbortSignal, ms = 2 ** 31 - 1): Promise<void> {
  return new Promise((resolve, reject) => {
    // A timer even where none is asked for: a promise alone does not keep the process until the caller gives up.
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })
}

function half(body: string | Buffer): ReadableStream<Uint8Array> {
  let sent = false
  return new ReadableStream({
    pull(controller) {
      if (sent) return controller.error(connectionLost('terminated', 'UND_ERR_SOCKET'))
      sent = true
      controller.enqueue(firstHalf(body))
    },
  })
}

/** An error such as Node's fetch throws. */
function connectionLost(message: string, code: string): TypeError {
  return new TypeError(message, {
    cause: Object.assign(new Error('the mock was asked to drop the connection'), { code }),
  })
}
