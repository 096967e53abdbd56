/**
 * A mock of the contract, in process or on a port.
 *
 * @module
 */

import * as contract from './contract.ts'

export { createMock } from './create-mock.ts'
export type { Fault, ListenOptions, Mock, MockServer, RecordedRequest } from './types.ts'

/** `info.version` of the contract. */
export const specVersion: string = contract.specVersion

/** SHA-256 of the contract's file, hexadecimal. */
export const specSha256: string = contract.specSha256
