import type { Settings } from './call.ts'
import { makeClient } from './client.ts'
import { contract } from './generated/contract.gen.ts'
import type { ContractOptions, Operations } from './generated/operations.gen.ts'
import type { Http } from './transport.ts'

/** What a client is made with. All of it is optional; credentials and defaults can come from the environment. */
export interface ClientOptions extends ContractOptions, Omit<Settings, 'signal' | 'headers'> {
  /** What to send with, for example the mock's `fetch`. Default: the global `fetch`, looked up at each call. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /** The one host, other than loopback, that credentials may be sent to over plain http. */
  readonly allowHttpHost?: string | undefined
  /** Allows a browser to send credentials to a host that is not loopback. Everybody who opens the page can read them. */
  readonly dangerouslyAllowBrowser?: boolean | undefined
}

/** A method per operation, and openapi-fetch for everything else. */
export interface Client extends Operations {
  /**
   * An openapi-fetch client of the same contract, with the same credentials and host rules and nothing else: no checks, no
   * timeout, no retries, no typed errors, no connection of its own. Middleware gets real `Request`s.
   */
  readonly http: Http
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
export function createClient(options: ClientOptions = {}): Client {
  // The methods are made from the same contract that their types are generated from.
  return makeClient(contract, { ...options }) as unknown as Client
}
