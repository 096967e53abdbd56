/** What is still read as before. */
import type { Oas3_1Definition } from '@redocly/openapi-core'
import { readContract as read } from '../contract.ts'
import { type Operation, readOperations } from './operations.ts'

export { InvalidContractError } from '../contract.ts'
export type { Operation } from './operations.ts'
export { componentName, isReference, type Resolve, resolver } from './resolve.ts'
export { type Answer, byPrecedence, fallback } from './scenarios.ts'

export interface Contract {
  readonly sha256: string
  readonly version: string
  readonly document: Oas3_1Definition
  readonly operations: readonly Operation[]
}

export async function readContract(file: string): Promise<Contract> {
  const { sha256, version, document } = await read(file)
  const same = document as unknown as Oas3_1Definition
  return { sha256, version, document: same, operations: readOperations(same) }
}
