/**
 * Typed client of the contract.
 *
 * @module
 */
export type { Call, CallOptions } from './call.ts'
export type { Validate } from './check.ts'
export { type Client, type ClientOptions, createClient } from './create-client.ts'
export {
  type AnswerFields,
  ApiError,
  CallError,
  type CallErrorCode,
  type CallErrorFields,
  ConfigurationError,
  ContractViolationError,
  HttpError,
  isApiError,
  isCallError,
  isConfigurationError,
  isContractViolationError,
  isHttpError,
  isMalformedResponseError,
  isNotSentError,
  isUnknownOutcomeError,
  MalformedResponseError,
  NotSentError,
  type Outcome,
  UnknownOutcomeError,
  type Violation,
} from './errors.ts'
export { specSha256, specVersion } from './generated/contract.gen.ts'
export * from './generated/operations.gen.ts'
export type { components, operations, paths } from './generated/schema.gen.ts'
export type { Logger } from './log.ts'
export type { Http } from './transport.ts'
