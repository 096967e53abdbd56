import { type ClientContext, runCall } from './call.ts'
import { type Configuration, configure, type Problems, throwConfigurationError } from './configuration.ts'
import type { Contract } from './contract.ts'
import { chooseCredentials } from './credentials.ts'
import { contract } from './generated/contract.gen.ts'
import type { ContractOptions, Operations } from './generated/operations.gen.ts'
import { findBaseUrl } from './hosts.ts'
import { createHttp, fetchArguments, type HttpClient, type Send } from './http.ts'
import type { BaseClientOptions, Call, CallOptions } from './options.ts'

/** Options of {@link createClient}. All are optional; credentials and defaults can come from the environment. */
export interface ClientOptions extends ContractOptions, BaseClientOptions {}

/** One method per operation, and an openapi-fetch client for everything else. */
export interface Client extends Operations {
  /**
   * The openapi-fetch client behind the methods, with the same credentials and host rules. Its own calls have no checks,
   * timeout, retries, typed errors or separate connections. Their base URL is the one at the first call or first use.
   *
   * Middleware added with `http.use` sees the requests of the methods too, without credentials. It can redirect a request;
   * credentials then go to that host if it uses HTTPS. It must read `response.clone()`: if it throws after a response, the
   * outcome is `unknown`. It must not queue jobs itself: an error before the client sends counts as `not-sent` and is
   * retried.
   *
   * @see {@link https://openapi-ts.dev/openapi-fetch/}
   */
  readonly http: HttpClient
}

/**
 * Creates a client. Options are validated on each call, so `createClient` never throws.
 *
 * @example
 * ```ts
 * const client = createClient({ accountserviceid: 5678 }) // keys from the environment
 * const job = await client.queueImageInstall({ jobid: 1234, mirroring: true })
 * ```
 */
export const createClient = (options: ClientOptions = {}): Client =>
  // The methods come from the same contract that their types are generated from.
  makeClient(contract, { ...options }) as unknown as Client

type AnyMethod = (parameters?: Readonly<Record<string, unknown>>, options?: CallOptions) => Call<unknown>

/** Creates a client of any contract: a method for each operation, and `http`. */
export function makeClient(
  contract: Contract,
  given: BaseClientOptions & Readonly<Record<string, unknown>>,
): Record<string, AnyMethod> & { readonly http: HttpClient } {
  let http: HttpClient | undefined
  const context: ClientContext = {
    ...configure(contract, given),
    http(baseUrl) {
      http ??= createHttp(baseUrl, (request) => sendDirectly(context, request))
      return http
    },
  }
  const client: Record<string, AnyMethod> = {}
  for (const operation of contract.operations) {
    client[operation.name] = (parameters, callOptions) => {
      const result = runCall(context, operation, parameters ?? {}, callOptions ?? {})
      const data = result.then((settled) => settled.data)
      const withResponse = () => {
        // The caller awaits `result`; without this, `data` would raise an unhandled rejection.
        data.catch(() => undefined)
        return result
      }
      return Object.assign(data, { withResponse })
    }
  }
  const get = () => {
    const problems: Problems = [...context.optionProblems]
    const baseUrl = findBaseUrl(context, problems)
    if (problems.length > 0) throwConfigurationError('http', problems)
    return context.http(baseUrl)
  }
  // The type does not show the property defined here.
  return Object.defineProperty(client, 'http', { get }) as typeof client & { readonly http: HttpClient }
}

/** Sends a request of `http` itself. */
async function sendDirectly(configuration: Configuration, request: Request): ReturnType<Send> {
  const { contract, options } = configuration
  const problems: Problems = []
  const loadCredentials = chooseCredentials(configuration, 'http', contract.security, problems)
  if (problems.length > 0) throwConfigurationError('http', problems)
  const { header } = await loadCredentials()
  const [url, init] = await fetchArguments(configuration, 'http', request, header, { signal: request.signal })
  return (options.fetch ?? fetch)(url, init)
}
