import { makeClient } from './client.ts'
import { contract } from './generated/contract.gen.ts'
import type { ContractOptions, Operations } from './generated/operations.gen.ts'
import type { Settings } from './options.ts'
import type { Runtime } from './runtime.ts'
import type { Http } from './transport.ts'

/** What a client is made with. All of it is optional; credentials and defaults can come from the environment. */
export interface ClientOptions extends ContractOptions, Settings {}

/** A method per operation, and openapi-fetch for everything else. */
export interface Client extends Operations {
  /**
   * An openapi-fetch client of the same contract, with the same credentials and host rules and nothing else: no checks, no
   * timeout, no retries, no typed errors, no connection of its own. Middleware gets real `Request`s, without credentials;
   * wherever over https it leads one, the credentials are sent. The base URL is the one at its first use.
   */
  readonly http: Http
}

/** Makes the `createClient` of a runtime. */
export const creator =
  (runtime: Runtime) =>
  (options: ClientOptions = {}): Client =>
    // The methods are made from the same contract that their types are generated from.
    makeClient(contract, { ...options }, runtime) as unknown as Client
