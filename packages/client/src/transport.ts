import createOpenapiFetch, {
  createFinalURL,
  createQuerySerializer,
  defaultBodySerializer,
  defaultPathSerializer,
  mergeHeaders,
  type Client as OpenapiFetch,
} from 'openapi-fetch'
import type { Operation } from './contract.ts'
import type { paths } from './generated/schema.gen.ts'
import type { Placed } from './parameters.ts'

/** The one file that knows openapi-fetch: it writes requests, and it is the client behind `http`. */

const formQuery = createQuerySerializer()

/**
 * What `fetch` is called with. openapi-fetch's own call would make a `Request` of it, which costs more than the rest, and
 * read the body of an error to its end, however long.
 */
export function writeRequest(
  { method, path, query = formQuery, body }: Operation,
  baseUrl: string,
  values: Placed,
  headers: Readonly<Record<string, string>>,
  credentials: Readonly<Record<string, string>>,
): { url: string; init: RequestInit } {
  const url = createFinalURL(path, {
    baseUrl,
    params: values,
    querySerializer: query,
    pathSerializer: defaultPathSerializer,
  })
  // openapi-fetch makes text of any value.
  const merged = mergeHeaders(headers, values.header as Record<string, string>, credentials)
  if (!body || values.body === undefined) return { url, init: { method, headers: merged } }
  if (body.type) merged.set('content-type', body.type)
  const write = body.write ?? defaultBodySerializer
  return { url, init: { method, headers: merged, body: write(values.body) as BodyInit } }
}

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
