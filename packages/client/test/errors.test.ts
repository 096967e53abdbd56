import { describe, expect, test } from 'vitest'
import * as client from '../src/index.ts'

const about = { operation: 'call' }
const response = { ...about, status: 500, headers: {}, body: '' }

describe('isCallError', () => {
  test.each([
    new client.ConfigurationError('x', { ...about, problems: [] }),
    new client.NotSentError('x', { ...about, code: 'not_sent' }),
    new client.UnknownOutcomeError('x', { ...about, code: 'timeout' }),
    new client.HttpError('x', { ...response, outcome: 'unknown' }),
    new client.ApiError('x', { ...response, outcome: 'rejected' }),
    new client.MalformedResponseError('x', response),
    new client.ContractViolationError('x', { ...about, data: 1, violations: [] }),
  ])('recognizes %s', (error) => {
    expect(client.isCallError(error)).toBe(true)
  })

  test.each([[undefined], [null], ['HttpError'], [new Error('x')], [{ name: 'HttpError' }]])(
    'does not recognize %s',
    (other) => {
      expect(client.isCallError(other)).toBe(false)
    },
  )
})
