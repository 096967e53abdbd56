/**
 * A mock of the contract that answers by the request: in process, or on a port.
 *
 * @module
 */
export { createMock } from './create-mock.ts'
export { specSha256, specVersion } from './generated/contract.gen.ts'
export type { Fault, Listening, Mock, RecordedRequest } from './types.ts'
