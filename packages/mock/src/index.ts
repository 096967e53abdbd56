/**
 * A mock of the contract that answers by the request: in process, or on a port.
 *
 * @module
 */

export { createMock } from './create-mock.ts'
export type { Fault, ListenOptions, Mock, MockServer, RecordedRequest } from './types.ts'
export { specSha256, specVersion } from './version.ts'
