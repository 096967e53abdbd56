import createOpenapiFetch, { createQuerySerializer, type Client as OpenapiFetch } from 'openapi-fetch'
import type { Contract, Operation } from './contract.ts'
import type { paths } from './generated/schema.gen.ts'
import type { Placed, Values } from './parameters.ts'

/** The one file that knows openapi-fetch: it writes requests, and it is the client behind `http`. */

/** A request as the arguments of `fetch`, not as a `Request`: making one costs more than the rest of a call. */
export interface PlainRequest {
  readonly url: string
  readonly init: RequestInit
}

export type Http = OpenapiFetch<paths>

export type Send = (baseUrl: string, placed: Placed, init: RequestInit, fetch: PlainFetch) => Promise<Response>

export type PlainFetch = (request: PlainRequest) => Promise<Response>

/** openapi-fetch without the types that tie methods, paths and options together: here they are data. */
type Untyped = { request(method: string, path: string, init: object): Promise<{ data?: unknown }> }

function plainRequest(url: string, init: RequestInit): PlainRequest {
  return { url, init }
}

/** A function for each operation that writes its request and hands it to the given `fetch`. */
export function createTransport({ operations }: Contract): Record<string, Send> {
  // A function that returns an object can stand in for a constructor, which is all that openapi-fetch asks for.
  const options = { Request: plainRequest as unknown as typeof Request }
  const client = createOpenapiFetch<paths>(options) as unknown as Untyped
  const senders = Object.entries(operations).map(([name, operation]): [string, Send] => {
    const querySerializer = querySerializerOf(operation)
    const bodySerializer = bodySerializerOf(operation)
    const send: Send = async (baseUrl, { path, query, header, body }, init, fetch) => {
      const { data } = await client.request(operation.method, operation.path, {
        ...init,
        baseUrl,
        params: { path, query, header },
        ...(body !== undefined && { body, ...bodySerializer }),
        querySerializer,
        parseAs: 'stream',
        fetch: async (request: PlainRequest) => wrap(await fetch(request)),
      })
      // `wrap` put the response where openapi-fetch expects its body.
      return data as Response
    }
    return [name, send]
  })
  return Object.fromEntries(senders)
}

/** openapi-fetch would read an error body to its end, however long, so it is shown a success with the response as body. */
const wrap = (response: Response) => ({ ok: true, headers: { get: () => null }, body: response })

function querySerializerOf({ parameters }: Operation): (query: Values) => string {
  const serializers = parameters.flatMap(({ name, in: where, style = 'form', explode = true }) => {
    if (where !== 'query') return []
    // The styles are the contract's; openapi-fetch lists those it knows.
    const shape = { style, explode } as { style: 'form'; explode: boolean }
    const serialize = createQuerySerializer({ array: shape, object: shape })
    return [(query: Values) => (name in query ? serialize({ [name]: query[name] }) : '')]
  })
  return (query) =>
    serializers
      .map((serialize) => serialize(query))
      .filter(Boolean)
      .join('&')
}

/** JSON and forms are written by openapi-fetch; another body is sent as it is. */
function bodySerializerOf({ body }: Operation): object {
  if (!body || /[/+]json\b|form-urlencoded/i.test(body.type)) return {}
  return { bodySerializer: (value: unknown) => value }
}

const methods = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE']

/** A real openapi-fetch client whose requests all pass through `send`, with the operation they are meant for. */
export function createHttp(
  contract: Contract,
  baseUrl: () => string,
  send: (name: string | undefined, request: Request) => Promise<Response>,
): Http {
  const client = createOpenapiFetch<paths>()
  const untyped = client as unknown as Record<string, (path: string, init?: object) => Promise<unknown>>
  for (const method of methods) {
    const call = untyped[method]
    if (!call) continue
    untyped[method] = async (path, init) => {
      const name = Object.keys(contract.operations).find((key) => {
        const operation = contract.operations[key]
        return operation?.method === method && operation.path === path
      })
      return call(path, { baseUrl: baseUrl(), ...init, fetch: (request: Request) => send(name, request) })
    }
  }
  const request = (method: string, path: string, init?: object) => untyped[method.toUpperCase()]?.(path, init)
  return Object.assign(client, { request })
}
