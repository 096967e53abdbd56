/**
 * Typed client of the contract.
 *
 * @module
 */
export { type Client, type ClientOptions, createClient } from './client.ts'
export * from './errors.ts'
export { specSha256, specVersion } from './generated/contract.gen.ts'
export * from './generated/operations.gen.ts'
export type { components, operations, paths } from './generated/schema.gen.ts'
export type { HttpClient } from './http.ts'
export type { Method, ParametersOf, ResultOf } from './method.ts'
export type { BaseClientOptions, Call, CallOptions, Logger, Validate, Violation } from './options.ts'
