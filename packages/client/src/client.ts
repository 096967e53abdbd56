import { perform } from './call.ts'
import { type Configuration, refuse } from './configuration.ts'
import type { Contract } from './contract.ts'
import { authorizer } from './credentials.ts'
import { noStore } from './environment.ts'
import { contract } from './generated/contract.gen.ts'
import type { ContractOptions, Operations } from './generated/operations.gen.ts'
import { baseUrlOf, withCredentials } from './hosts.ts'
import { createHttp, type HttpClient, makeTransport } from './http.ts'
import type { BaseClientOptions, Call, CallOptions } from './options.ts'
import type { Shared } from './prepare.ts'

/** What a client is made with. All of it is optional; credentials and defaults can come from the environment. */
export interface ClientOptions extends ContractOptions, BaseClientOptions {}

/** A method per operation, and openapi-fetch for everything else. */
export interface Client extends Operations {
  /**
   * An openapi-fetch client of the same contract, with the same credentials and host rules. Middleware that is added with
   * `http.use` sees every request, also those of the methods, without credentials; wherever over https it leads one, they
   * are sent. It must read a `clone()` of a response, since the outcome is unknown where it fails after an answer, and
   * send nothing that queues by itself: what fails before the client sends is taken for not sent. A call made by `http`
   * itself has nothing else: no checks, timeout, retries, typed errors or connection of its own. The base URL of these is
   * the one at the first use of `http`.
   */
  readonly http: HttpClient
}

/**
 * A client. Options are looked at when a call is made, so making one never fails.
 *
 * @example
 * ```ts
 * const client = createClient({ accountserviceid: 5678 }) // keys from the environment
 * const job = await client.queueImageInstall({ jobid: 1234, mirroring: true })
 * ```
 */
export const createClient = (options: ClientOptions = {}): Client =>
  // The methods are made from the same contract that their types are generated from.
  makeClient(contract, { ...options }) as unknown as Client

type AnyMethod = (parameters?: Readonly<Record<string, unknown>>, options?: CallOptions) => Call<unknown>

/** A client of a contract: a method for each operation, and `http`. */
export function makeClient(
  contract: Contract,
  given: BaseClientOptions & Readonly<Record<string, unknown>>,
): Record<string, AnyMethod> & { readonly http: HttpClient } {
  const options: Configuration['options'] = Object.assign(Object.create(null), given)
  const configuration = { contract, options }
  const { transport, withMiddleware } = makeTransport()
  const shared: Shared = {
    ...configuration,
    ...{ baseUrl: baseUrlOf(configuration), authorize: authorizer(configuration), transport },
  }
  const client: Record<string, AnyMethod> = {}
  for (const operation of contract.operations) {
    client[operation.name] = (parameters, own) => {
      const answered = perform(shared, operation, parameters ?? {}, own ?? {})
      const result = answered.then(({ data }) => data)
      const withResponse = () => {
        // A failure is met at what is handed out here, and nobody looks at the other promise.
        result.catch(() => undefined)
        return answered
      }
      return Object.assign(result, { withResponse })
    }
  }
  let http: HttpClient | undefined
  const get = () => {
    http ??= withMiddleware(makeHttp(shared))
    return http
  }
  // The type cannot see what is defined here.
  return Object.defineProperty(client, 'http', { get }) as typeof client & { readonly http: HttpClient }
}

function makeHttp(shared: Shared): HttpClient {
  const name = 'http'
  const problems: string[] = []
  const baseUrl = shared.baseUrl(problems)
  if (problems.length > 0) refuse(name, problems)
  return createHttp(baseUrl, async (request) => {
    const wrong: string[] = []
    const found = shared.authorize(name, shared.contract.security, wrong)
    if (wrong.length > 0) refuse(name, wrong)
    const { header } = typeof found === 'function' ? await found() : found
    const init: RequestInit = { redirect: 'manual', ...noStore() }
    return (shared.options.fetch ?? fetch)(withCredentials(shared, name, request, init, header), init)
  })
}
