/** What both entries export. */
export type { Client, ClientOptions } from './create-client.ts'
export * from './errors.ts'
export { specSha256, specVersion } from './generated/contract.gen.ts'
export * from './generated/operations.gen.ts'
export type { components, operations, paths } from './generated/schema.gen.ts'
export type { Logger } from './log.ts'
export type { Call, CallOptions, Settings, Validate } from './options.ts'
export type { Http } from './transport.ts'
