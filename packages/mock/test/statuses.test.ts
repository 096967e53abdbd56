import { expect, test } from 'vitest'
import { hasBody, operations, responseKey } from '../src/contract.ts'

const [operation] = operations
if (!operation) throw new Error('no call')
const [response] = operation.prism.responses
if (!response) throw new Error('no response')

test('a status that the contract does not declare has the key "default" if there is one', () => {
  expect(responseKey(418, { ...operation, statuses: ['200', 'default'] })).toBe('default')
  expect(responseKey(200, { ...operation, statuses: ['200', 'default'] })).toBe('200')
  expect(responseKey(418, { ...operation, statuses: ['200'] })).toBeUndefined()
})

test('a status has a body only if its own response has one', () => {
  const responses = [
    { ...response, code: '200' },
    { ...response, code: '204', contents: [] },
  ]
  const mixed = { ...operation, statuses: ['200', '204'], prism: { ...operation.prism, responses } }
  expect([hasBody(200, mixed), hasBody(204, mixed), hasBody(404, mixed)]).toEqual([true, false, false])
})
