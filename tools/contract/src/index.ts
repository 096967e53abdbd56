/** Reads a contract for everything that is generated from it. */
export { type Contract, InvalidContractError, readContract } from './contract.ts'
export type * from './document.ts'
export { holdsNames } from './document.ts'
export { type KnownValue, knownValues } from './open-set.ts'
export { baseUrlOption, type Operation, readOperations } from './operations.ts'
export { type Mark, marks } from './profile/members.ts'
export { componentName, isReference, type Resolve, resolver } from './resolve.ts'
export { type Example, fallback, type Scenario } from './scenarios.ts'
