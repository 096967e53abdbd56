import { expect, test } from 'vitest'
import { isCallError } from '../src/index.ts'

// Each test of a failed call proves that its error is recognized.
test.each([[undefined], [null], ['HttpError'], [new Error('x')], [{ name: 'HttpError' }]])(
  'isCallError does not recognize %s',
  (other) => {
    expect(isCallError(other)).toBe(false)
  },
)
