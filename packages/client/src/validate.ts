/**
 * Checks answers against the contract, for the client's option `validate`. It works without `eval` and stands outside the
 * main module, so that only those who import it carry it.
 *
 * @module
 */
import { ContractViolationError } from './errors.ts'
import { responses, schemas } from './generated/validators.gen.ts'
import { quietly } from './log.ts'
import type { Validate } from './options.ts'
import { type Schema, violations } from './schema.ts'

/**
 * Finds every deviation of an answer from what the contract declares for this operation and status, and reports as the
 * client's option `onContractViolation` says. A status that the contract does not declare is not checked.
 *
 * @throws {ContractViolationError} with `onContractViolation: 'throw'`
 * @example
 * ```ts
 * import { createClient } from '@image-install-queue/client'
 * import { validate } from '@image-install-queue/client/validate'
 *
 * const client = createClient({ validate, onContractViolation: (violations) => console.warn(violations) })
 * ```
 */
export const validate: Validate = (operation, status, data, { onContractViolation, logger = console } = {}) => {
  const declared: Readonly<Record<string, Readonly<Record<string, Schema>>>> = responses
  const found = violations(declared[operation]?.[status] ?? {}, data, '', schemas)
  if (found.length === 0) return found
  const list = found.map(({ path, message }) => `${path || 'the body'} ${message}`).join('; ')
  const message = `the answer is not as the contract says: ${list}`
  if (onContractViolation === 'throw') throw new ContractViolationError(message, { operation, data, violations: found })
  quietly(() =>
    onContractViolation
      ? onContractViolation(found)
      : logger.warn({ operation, violations: found }, `${operation}: ${message}`),
  )
  return found
}
