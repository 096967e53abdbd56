/** Reads the contract for everything that is generated from it. Not published; the document itself is. */
export { type Contract, InvalidContractError, readContract } from './contract.ts'
export type { Operation } from './operations.ts'
export { componentName, isReference, type Resolve, resolver } from './resolve.ts'
export { type Answer, byPrecedence, fallback } from './scenarios.ts'
