import { expect, describe as group, test } from 'vitest'
import { describe, expectedBy } from '../src/violation.ts'

group('the expected value of a parameter is described', () => {
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

test.each([
  ["Request body property 'a.b' must be string,integer,null", 'string or integer or null'],
  ['Response body must NOT have fewer than 1 items', 'not have fewer than 1 items'],
  ['Request body must match pattern "^a,b$"', 'match pattern "^a,b$"'],
])('the message %s expects: %s', (message, expected) => {
  expect(expectedBy(message)).toBe(expected)
})
