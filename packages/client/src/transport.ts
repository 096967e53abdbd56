import createOpenapiFetch, {
  createFinalURL,
  createQuerySerializer,
  defaultBodySerializer,
  defaultPathSerializer,
  mergeHeaders,
  type Client as OpenapiFetch,
} from 'openapi-fetch'
import { type Context, refuse } from './context.ts'
import type { WriteUrl } from './contract.ts'
import { isBrowser, noStore } from './environment.ts'
import type { paths } from './generated/schema.gen.ts'
import type { CallOptions } from './options.ts'
import type { Placed } from './parameters.ts'

/** The one file that knows openapi-fetch: it writes requests, and it is the client behind `http`. */

/**
 * What `fetch` is called with. openapi-fetch's own call would make a `Request` of it, which costs more than the rest, and
 * read the body of an error to its end, however long.
 */
export function writeRequest(
  call: Context,
  baseUrl: string,
  values: Placed,
  own: CallOptions['headers'],
  credentials: Readonly<Record<string, string>>,
): { readonly url: string; readonly init: RequestInit } {
  const { method, path, body, url = writePlain } = call.operation
  try {
    const init: RequestInit = { method, redirect: 'manual', ...noStore() }
    const fixed = { ...credentials }
    if (body && values.body !== undefined) {
      if (body.type) fixed['content-type'] = body.type
      init.body = (body.write ?? defaultBodySerializer)(values.body) as BodyInit
    }
    const agent = isBrowser() ? {} : { 'user-agent': call.contract.userAgent }
    // Only what comes from outside needs to be checked, and joined whatever the case of its names, which takes time.
    // Values of parameters fit into a header, and become text there.
    init.headers =
      own || values.header
        ? mergeHeaders(agent, own, values.header as Record<string, string>, fixed)
        : { ...agent, ...fixed }
    return { url: baseUrl + url(path, values), init }
  } catch {
    const wrong = Object.entries(own ?? {}).find((header) => !isHeader(header))
    refuse(
      call,
      `${wrong ? `the header \`${wrong[0]}\`` : 'a parameter or `body`'} cannot be written as part of a request`,
    )
  }
}

/** `Headers` would print the value in its own error. */
function isHeader(entry: [string, string]): boolean {
  try {
    return !!new Headers([entry])
  } catch {
    return false
  }
}

type Values = Readonly<Record<string, unknown>>

/** Writes values that are no lists and no objects, at a fraction of the time that openapi-fetch takes for any. */
const writePlain: WriteUrl = (template, { path, query }) => {
  let url = template
  for (const name in path) url = url.replaceAll(`{${name}}`, encodeURIComponent(String(path[name])))
  let mark = '?'
  for (const name in query) {
    url += `${mark}${name}=${encodeURIComponent(String(query[name]))}`
    mark = '&'
  }
  return url
}

/** Writes query parameters, each in its own style. */
export function styled(...parameters: { name: string; style: string; explode: boolean }[]): WriteUrl {
  const writers = parameters.map(({ name, ...shape }) => {
    // The styles are the contract's; openapi-fetch lists those it knows.
    const own = shape as { style: 'form'; explode: boolean }
    const write = createQuerySerializer({ array: own, object: own })
    return (values: Values) => (name in values ? write({ [name]: values[name] }) : '')
  })
  const querySerializer = (values: Values) =>
    writers
      .map((write) => write(values))
      .filter(Boolean)
      .join('&')
  return (path, params) =>
    createFinalURL(path, { baseUrl: '', params, querySerializer, pathSerializer: defaultPathSerializer })
}

export type Http = OpenapiFetch<paths>

/** A real openapi-fetch client, with real `Request`s. */
export const createHttp = (baseUrl: string, fetch: (request: Request) => Promise<Response>): Http =>
  createOpenapiFetch<paths>({ baseUrl, fetch })
