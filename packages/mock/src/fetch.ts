import { setTimeout } from 'node:timers/promises'
import { bodyLimit, firstHalf, type MockRequest } from './message.ts'
import { type HandlerResult, sentResponse } from './result.ts'

/**
 * Creates a `fetch` that responds in process, without a port.
 *
 * @param closed rejects pending requests, as a lost connection does
 */
export function createFetch(handler: (request: MockRequest) => HandlerResult, closed: AbortSignal): typeof fetch {
  return async (input, init) => {
    // A Request of another library cannot be copied into a global one, and need not be.
    const request = input instanceof Request && !init ? input : new Request(input, init)
    const { pathname, search } = new URL(request.url)
    const body = request.body ? Buffer.from(await request.arrayBuffer()) : undefined
    const { method, signal } = request
    signal.throwIfAborted()
    const isTooLarge = body !== undefined && body.length > bodyLimit
    const received: MockRequest = {
      method,
      target: pathname + search,
      headers: Object.fromEntries(request.headers),
      body: isTooLarge ? undefined : body,
      isTooLarge,
    }
    return respond(received, handler(received), [signal, closed])
  }
}

async function respond(request: MockRequest, result: HandlerResult, signals: AbortSignal[]): Promise<Response> {
  const { fault } = result
  if (fault?.kind === 'delay') await untilAborted(signals, fault.ms)
  if (fault?.kind === 'hang') await untilAborted(signals)
  if (fault?.kind === 'reset') throw connectionLost('fetch failed', 'ECONNRESET')
  const { status, headers, body } = sentResponse(request, result)
  const content = body === undefined ? null : fault?.kind === 'truncate' ? half(body) : body
  return new Response(content, {
    status,
    headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
  })
}

/** Waits for a time, by default for weeks. Rejects with the reason when the caller aborts or the mock is closed. */
async function untilAborted(signals: AbortSignal[], ms = 2 ** 31 - 1): Promise<void> {
  const signal = AbortSignal.any(signals)
  // A timer even for `hang`: a promise alone would not keep the process running until the caller aborts.
  await setTimeout(ms, undefined, { signal }).catch(() => signal.throwIfAborted())
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

/** An error like those of Node's fetch. */
export function connectionLost(message: string, code: string, why = 'a fault was injected'): TypeError {
  return new TypeError(message, { cause: Object.assign(new Error(`connection lost: ${why}`), { code }) })
}
