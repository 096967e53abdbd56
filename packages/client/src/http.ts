import createOpenapiFetch, { type Client as OpenapiFetch } from 'openapi-fetch'
import { type Configuration, throwConfigurationError } from './configuration.ts'
import type { paths } from './generated/schema.gen.ts'
import { hostProblem } from './hosts.ts'
import type { PreparedCall } from './prepare.ts'

/** An openapi-fetch client of the contract. */
export type HttpClient = OpenapiFetch<paths>

/** Sends a request that openapi-fetch and its middleware have written. It has no credentials yet. */
export type Send = (request: Request) => Promise<Response>

const writeJson = (body: unknown): string => JSON.stringify(body)

/** Creates the one openapi-fetch client. No other file imports openapi-fetch. */
export function createHttp(baseUrl: string, send: Send): HttpClient {
  const http = createOpenapiFetch<paths>({ baseUrl, fetch: send })
  http.use({
    // openapi-fetch runs `onResponse` in reverse order, so the first middleware sees the final response. It would read the
    // body of an error to its end. Methods read it themselves, up to a limit. They are recognized by their serializer.
    onResponse({ options, response }) {
      const isMethod = options.bodySerializer === writeJson
      if (isMethod && !response.ok) Object.defineProperty(response, 'ok', { value: true })
    },
  })
  return http
}

/** Sends the request of a method through the openapi-fetch client. The body of the response has not been read. */
export function request(
  http: HttpClient,
  { operation, baseUrl, params, body, headers }: PreparedCall,
  send: Send,
): Promise<{ response: Response }> {
  // The type lists the paths of the contract, but here any of them is possible.
  const untyped = http as unknown as {
    request(method: string, path: string, options: object): Promise<{ response: Response }>
  }
  return untyped.request(operation.method, operation.path, {
    baseUrl,
    params,
    body,
    bodySerializer: writeJson,
    headers,
    parseAs: 'stream',
    fetch: send,
    // Test environments may replace it after this client was created.
    Request: globalThis.Request,
  })
}

/**
 * The arguments for `fetch`: URL and options with credentials, which middleware never sees. Not a `Request`, since a given
 * `fetch` may accept only a `Request` of the same library.
 *
 * @throws {ConfigurationError} middleware redirected the request to a host that must not receive credentials
 */
export async function fetchArguments(
  configuration: Configuration,
  operation: string,
  request: Request,
  authorization: string | undefined,
  extra: RequestInit,
): Promise<[url: string, init: RequestInit]> {
  const problem = hostProblem(configuration, new URL(request.url))
  if (problem) throwConfigurationError(operation, [problem])
  const headers = new Headers(request.headers)
  if (authorization) headers.set('authorization', authorization)
  const body = request.body === null ? '' : await request.clone().text()
  const init: RequestInit = { method: request.method, headers, redirect: 'manual', ...extra }
  if (body) init.body = body
  // workerd rejects this option unless its requests have the property.
  if ('cache' in request) init.cache = 'no-store'
  return [request.url, init]
}
