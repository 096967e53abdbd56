import { describe, expect, test } from 'vitest'
import { makeClient } from '../src/client.ts'
import type { OperationEntry } from '../src/contract.ts'
import { failureOf, jsonResponse } from './support/calls.ts'
import { contractOf } from './support/one-operation.ts'

/** Calls the only operation of a contract, and returns this response to it. */
const callReturning = (operation: Partial<OperationEntry>, response: Response): Promise<unknown> =>
  makeClient(contractOf(operation), { fetch: async () => response }).call?.({}) ?? Promise.reject(new Error('no call'))

describe('a success status that the contract does not declare', () => {
  const success = { 200: 'object', 202: 'array', 204: 'nothing' } as const

  test.each([
    ['an object', { a: 1 }],
    ['a list', [1]],
  ])('may have the body of any declared status: %s', async (_name, value) => {
    expect(await callReturning({ success }, jsonResponse(value, { status: 201 }))).toEqual(value)
  })

  test('must have a body, unless no declared status has one', async () => {
    const empty = await failureOf(callReturning({ success }, new Response('', { status: 201 })))
    expect(empty).toMatchObject({ name: 'MalformedResponseError', status: 201 })
    expect(
      await callReturning({ success: { 204: 'nothing' } }, new Response('ignored', { status: 201 })),
    ).toBeUndefined()
  })
})

describe('an error in a body', () => {
  const inBandErrors = [{ when: [{ kind: 'error', fatal: true }], fields: [] }]
  const success = { 200: 'object' } as const

  test('has all values that the contract names, not some of them', async () => {
    for (const some of [
      { kind: 'error', fatal: false },
      { kind: 'warning', fatal: true },
    ])
      expect(await callReturning({ inBandErrors, success }, jsonResponse(some))).toEqual(some)
    const all = await failureOf(callReturning({ inBandErrors, success }, jsonResponse({ kind: 'error', fatal: true })))
    expect(all).toMatchObject({
      name: 'ApiError',
      message: expect.stringMatching(/: no message \(status 200\)$/),
    })
  })
})

describe('an error status that the contract does not declare', () => {
  test.each<[string, Partial<OperationEntry>, string]>([
    ['to check on the server', {}, 'The request may have been processed. Check on the server before retrying.'],
    [
      'the lookup operation and the documentation',
      { docs: 'https://docs.example', lookupOperation: 'list' },
      'The request may have been processed. Check with `list` before retrying. See https://docs.example',
    ],
    ['that a retry is safe', { isStateChanging: false }, 'This call is read-only, so retrying is safe.'],
  ])('has a message that names %s', async (_what, operation, advice) => {
    const call = makeClient(contractOf(operation), {
      fetch: async () => new Response('', { status: 500 }),
      maxRetries: 0,
    })
    const error = await failureOf(call.call?.({}) ?? Promise.resolve())
    expect(error.message).toBe(`call: POST https://api.example/call returned status 500. ${advice}`)
  })
})
