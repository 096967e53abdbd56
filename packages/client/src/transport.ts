import createOpenapiFetch, { createQuerySerializer, type Client as OpenapiFetch } from 'openapi-fetch'
import type { Operation } from './contract.ts'
import type { paths } from './generated/schema.gen.ts'
import type { Placed } from './parameters.ts'

/** The one file that knows openapi-fetch: it writes requests, and it is the client behind `http`. */

/** A fetch that takes the arguments of a request: making a `Request` costs more than the rest of a call. */
type PlainFetch = (url: string, init: RequestInit) => Promise<Response>

/** openapi-fetch without the types that tie methods, paths and options together: here they are data. */
type Untyped = { request(method: string, path: string, init: object): Promise<{ data?: unknown }> }

interface PlainRequest {
  readonly url: string
  readonly init: RequestInit
}

function PlainRequest(url: string, init: RequestInit): PlainRequest {
  return { url, init }
}

// openapi-fetch calls it with `new` and only hands the result on, so a function that returns an object does.
const writer = createOpenapiFetch<paths>({ Request: PlainRequest as unknown as typeof Request }) as unknown as Untyped

/** Writes a request and hands it to `fetch`; answers with the response as it came. */
export async function send(
  { method, path, query, body }: Operation,
  baseUrl: string,
  values: Placed,
  init: RequestInit,
  fetch: PlainFetch,
): Promise<Response> {
  const { data } = await writer.request(method, path, {
    ...init,
    baseUrl,
    params: values,
    body: values.body,
    parseAs: 'stream',
    ...(query && { querySerializer: query }),
    ...(body?.write && { bodySerializer: body.write }),
    // openapi-fetch would read the body of an error to its end, however long: it is shown a success whose body is the
    // response itself.
    fetch: async ({ url, init }: PlainRequest) => ({ ok: true, headers: noHeaders, body: await fetch(url, init) }),
  })
  return data as Response
}

const noHeaders = { get: () => null }

export type Http = OpenapiFetch<paths>

/** A real openapi-fetch client, with real `Request`s. */
export const createHttp = (baseUrl: string, fetch: (request: Request) => Promise<Response>): Http =>
  createOpenapiFetch<paths>({ baseUrl, fetch })

type Values = Readonly<Record<string, unknown>>

/** Writes query parameters, each in its own style. */
export function query(...parameters: { name: string; style: string; explode: boolean }[]): (values: Values) => string {
  const writers = parameters.map(({ name, ...shape }) => {
    // The styles are the contract's; openapi-fetch lists those it knows.
    const own = shape as { style: 'form'; explode: boolean }
    const write = createQuerySerializer({ array: own, object: own })
    return (values: Values) => (name in values ? write({ [name]: values[name] }) : '')
  })
  return (values) =>
    writers
      .map((write) => write(values))
      .filter(Boolean)
      .join('&')
}
