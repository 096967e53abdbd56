import { expect, test } from 'vitest'
import { errorMessage } from '../src/message.ts'

test('the message of a failed connection names each address that was tried', () => {
  const failures = ['connect ECONNREFUSED ::1:1', 'connect ECONNREFUSED 127.0.0.1:1'].map((text) => new Error(text))
  expect(errorMessage(new AggregateError(failures))).toBe(failures.map(({ message }) => message).join('; '))
})
