import { sentReply } from './cors.ts'
import type { Handled } from './handled.ts'
import { firstHalf, type Incoming } from './message.ts'

/**
 * Answers web requests without a port.
 *
 * @param closed ends what waits: a connection is lost when the other side closes
 */
export function createFetch(handler: (incoming: Incoming) => Handled, closed: AbortSignal): typeof fetch {
  return async (input, init) => {
    // A server library's own kind of Request cannot be copied into a real one, and need not be.
    const request = input instanceof Request && !init ? input : new Request(input, init)
    const { pathname, search } = new URL(request.url)
    const body = request.body ? Buffer.from(await request.arrayBuffer()) : undefined
    const { method, signal } = request
    signal.throwIfAborted()
    const incoming = { method, target: pathname + search, headers: Object.fromEntries(request.headers), body }
    return respond(incoming, handler(incoming), [signal, closed])
  }
}

async function respond(incoming: Incoming, handled: Handled, signals: AbortSignal[]): Promise<Response> {
  const { fault } = handled
  if (fault?.kind === 'delay') await untilAborted(signals, fault.ms)
  if (fault?.kind === 'hang') await untilAborted(signals)
  if (fault?.kind === 'reset') throw connectionLost('fetch failed', 'ECONNRESET')
  const { status, headers, body } = sentReply(incoming, handled)
  const content = body === undefined ? null : fault?.kind === 'truncate' ? half(body) : body
  return new Response(content, {
    status,
    headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
  })
}

/** Waits, without a time for weeks, and rejects with the reason when the caller gives up or the mock is closed. */
function untilAborted(signals: AbortSignal[], ms = 2 ** 31 - 1): Promise<void> {
  const signal = AbortSignal.any(signals)
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
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
export function connectionLost(message: string, code: string, why = 'the mock was asked to drop it'): TypeError {
  return new TypeError(message, { cause: Object.assign(new Error(`connection lost: ${why}`), { code }) })
}
