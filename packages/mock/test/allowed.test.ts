import { expect, describe as group, test } from 'vitest'
import { operations } from '../src/contract.ts'
import { isAuthorized } from '../src/credentials.ts'
import { describe } from '../src/violation.ts'

group('what is allowed for a parameter is said in words', () => {
  test.each<[Parameters<typeof describe>[0], string]>([
    [undefined, 'any value'],
    [{}, 'any value'],
    [{ type: 'boolean' }, 'true or false'],
    [{ type: ['integer', 'null'] }, 'integer or null'],
    [{ type: 'integer', minimum: 1, maximum: 5 }, 'integer, at least 1, at most 5'],
    [{ type: 'string', minLength: 2, maxLength: 3 }, 'string, 2 characters or more, 3 characters or fewer'],
    [{ type: 'string', pattern: '^a$', format: 'date' }, 'string, matching ^a$, in the format date'],
    [{ type: 'string', enum: ['a', 'b'] }, 'one of a, b'],
    [{ type: 'array', items: { type: 'number' } }, 'a list of number'],
    [{ type: 'array' }, 'a list of any value'],
  ])('%j: %s', (schema, words) => {
    expect(describe(schema)).toBe(words)
  })
})

test('a call that asks nobody for credentials takes any, malformed ones too', () => {
  const [operation] = operations
  if (!operation) throw new Error('no call')
  const open = { ...operation, security: [] }
  expect(isAuthorized(open, {})).toBe(true)
  expect(isAuthorized(open, { authorization: 'nonsense' })).toBe(true)
})
