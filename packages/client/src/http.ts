import createOpenapiFetch, { type Middleware, type Client as OpenapiFetch } from 'openapi-fetch'
import type { paths } from './generated/schema.gen.ts'

/** An openapi-fetch client of the contract. */
export type HttpClient = OpenapiFetch<paths>

/** What a request is written from. */
export interface RequestValues {
  readonly baseUrl: string
  readonly params: object
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>
  readonly init: RequestInit
}

/** Sends what was written: an address and its options, or, where middleware has seen it, a `Request`. */
export type Send = (input: string | Request, init: RequestInit) => Promise<Response>

/** Writes a request by openapi-fetch and sends it, each through the middleware of `http`. */
export type Transport = (method: string, path: string, values: RequestValues, send: Send) => Promise<Response>

/** Keeps what openapi-fetch writes. A real `Request` costs more than all the rest, so only middleware gets one. */
class Written {
  readonly url: string
  readonly init: RequestInit

  constructor(url: string, init: RequestInit) {
    this.url = url
    this.init = init
  }
}

/** What openapi-fetch is shown in place of an answer, since it would read the body of an error to its end. */
const unread = new Response(null, { status: 204 })

/** The one file that knows openapi-fetch: it is the client behind `http`, and it writes the requests of all methods. */
export function makeTransport(): {
  readonly transport: Transport
  readonly withMiddleware: (http: HttpClient) => HttpClient
} {
  const middleware: Middleware[] = []
  // Which method and path go together is the contract's to say, not the type's.
  const writer = createOpenapiFetch<paths>() as unknown as {
    request(method: string, path: string, options: object): Promise<{ response: Response }>
  }

  const transport: Transport = async (method, path, { baseUrl, params, body, headers, init }, send) => {
    let answer: Response | undefined
    const take = (response: Response) => {
      answer = response
      return unread
    }
    const isSeen = middleware.length > 0
    const { response } = await writer.request(method, path, {
      ...init,
      baseUrl,
      params,
      body,
      headers,
      parseAs: 'stream',
      Request: isSeen ? Request : Written,
      // What comes first is asked last: it sees the answer that middleware made.
      middleware: isSeen
        ? [{ onResponse: ({ response }: { response: Response }) => take(response) }, ...middleware]
        : [],
      fetch: async (written: Written | Request) =>
        written instanceof Request ? send(written, init) : take(await send(written.url, written.init)),
    })
    // Middleware that answers by itself leaves nothing to take.
    return answer ?? response
  }

  const withMiddleware = (http: HttpClient): HttpClient => ({
    ...http,
    use(...added) {
      http.use(...added)
      middleware.push(...added)
    },
    eject(...removed) {
      http.eject(...removed)
      for (const each of removed) {
        const index = middleware.indexOf(each)
        if (index >= 0) middleware.splice(index, 1)
      }
    },
  })

  return { transport, withMiddleware }
}

export const createHttp = (baseUrl: string, fetch: (request: Request) => Promise<Response>): HttpClient =>
  createOpenapiFetch<paths>({ baseUrl, fetch })
