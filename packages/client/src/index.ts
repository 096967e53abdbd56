/**
 * Typed client of the contract.
 *
 * @module
 */
import { type Client, type ClientOptions, creator } from './create-client.ts'
import { serverRuntime } from './runtime-server.ts'

export * from './api.ts'

/**
 * A client. Options are looked at when a call is made, so making one never fails.
 *
 * @example
 * ```ts
 * const client = createClient({ accountserviceid: 5678 }) // keys from the environment
 * const job = await client.queueImageInstall({ jobid: 1234, mirroring: true })
 * ```
 */
export const createClient: (options?: ClientOptions) => Client = creator(serverRuntime)
