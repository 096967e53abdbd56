/**
 * Typed client of the contract, for bundles that run in browsers.
 *
 * @module
 */
import { type Client, type ClientOptions, creator } from './create-client.ts'
import { browserRuntime } from './runtime-browser.ts'

export * from './api.ts'

/** Like `createClient` elsewhere, without what only servers can know and do. */
export const createClient: (options?: ClientOptions) => Client = creator(browserRuntime)
