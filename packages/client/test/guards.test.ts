import { describe, expect, test } from 'vitest'
import * as client from '../src/index.ts'

const about = { operation: 'call' }
const answered = { ...about, status: 500, headers: {}, body: '' }

/** One error of each class, and the guards that know it besides `isCallError`. */
const errors: [client.CallError, string[]][] = [
  [new client.ConfigurationError('x', { ...about, problems: ['x'] }), ['isConfigurationError']],
  [new client.NotSentError('x', { ...about, code: 'not_sent' }), ['isNotSentError']],
  [new client.UnknownOutcomeError('x', { ...about, code: 'timeout' }), ['isUnknownOutcomeError']],
  [new client.HttpError('x', { ...answered, outcome: 'unknown' }), ['isHttpError']],
  [new client.ApiError('x', { ...answered, outcome: 'rejected' }), ['isHttpError', 'isApiError']],
  [new client.MalformedResponseError('x', answered), ['isMalformedResponseError']],
  [new client.ContractViolationError('x', { ...about, data: 1, violations: [] }), ['isContractViolationError']],
]

const guards = {
  isConfigurationError: client.isConfigurationError,
  isNotSentError: client.isNotSentError,
  isUnknownOutcomeError: client.isUnknownOutcomeError,
  isHttpError: client.isHttpError,
  isApiError: client.isApiError,
  isMalformedResponseError: client.isMalformedResponseError,
  isContractViolationError: client.isContractViolationError,
}

const knownBy = (error: unknown) => Object.entries(guards).flatMap(([name, guard]) => (guard(error) ? [name] : []))

describe('the guards', () => {
  test.each(errors)('know %s by its class and no other', (error, names) => {
    expect(client.isCallError(error)).toBe(true)
    expect(knownBy(error)).toEqual(names)
  })

  test.each([[undefined], [null], ['HttpError'], [new Error('x')], [{ name: 'HttpError' }]])(
    'do not know %s',
    (other) => {
      expect(client.isCallError(other)).toBe(false)
      expect(knownBy(other)).toEqual([])
    },
  )
})
