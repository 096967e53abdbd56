/**
 * A mock of the contract that answers by the request: in process, or on a port.
 *
 * @module
 */
export { createMock, type Mock } from './create-mock.ts'
export type { Fault } from './fault.ts'
export { specSha256, specVersion } from './generated/contract.gen.ts'
export type { RecordedRequest } from './journal.ts'
export type { Listening } from './serve.ts'
