import type { Answer } from './call.ts'
import { ContractViolationError, type Violation } from './errors.ts'
import type { Log, Logger } from './log.ts'

/** Finds what in an answer is not as the contract says. */
export type Validate = (operation: string, status: number, data: unknown) => readonly Violation[]

export interface CheckOptions {
  /** Checks answers against the contract: `validate` of `@image-install-queue/client/validate`. Default: no check. */
  readonly validate?: Validate | undefined
  /**
   * What to do with deviations: a function gets them, `'throw'` turns them into a {@link ContractViolationError}. Default:
   * a warning to `logger`, without one to the console. What the function throws is ignored.
   */
  readonly onContractViolation?: 'throw' | ((violations: readonly Violation[]) => void) | undefined
  readonly logger?: Logger | undefined
}

/** Reports deviations of an answer. By default it is handed on all the same: a job that was queued must not be lost. */
export function checkAnswer(operation: string, answer: Answer, options: CheckOptions, log: Log): Answer {
  const violations = options.validate?.(operation, answer.response.status, answer.data) ?? []
  if (violations.length === 0) return answer
  const { onContractViolation: report, logger } = options
  if (report === 'throw') throw new ContractViolationError(operation, answer.data, violations)
  if (report) {
    try {
      report(violations)
    } catch (error) {
      log('error', { operation, error }, 'onContractViolation threw')
    }
  } else if (logger) log('warn', { operation, violations }, 'the answer is not as the contract says')
  else console.warn(`${operation}: the answer is not as the contract says`, violations)
  return answer
}
