import { describe, expect, test } from 'vitest'
import { type MockOperation, operations } from '../src/contract.ts'
import { isAuthorized, rejectedCredentials } from '../src/credentials.ts'
import { createMock } from '../src/index.ts'
import { ask, basic, path } from './support.ts'

const withAuthorization = (authorization: string) => ask(path(1), { headers: { authorization } })

describe('well-formed credentials are let in', () => {
  test.each([
    ['a plain pair', 'key', 'secret'],
    ['a colon in the password', 'key', 'se:cr:et'],
    ['UTF-8 in the password', 'key', 'pässwörd ✓'],
  ])('%s', async (_, user, password) => {
    expect((await ask(path(1), { headers: basic(user, password) })).status).toBe(200)
  })

  test.each(['Bearer abc', 'bearer abc.def-ghi_jkl~+/==', 'BASIC YTpi', 'Basic  YTpi'])('%s', async (authorization) => {
    expect((await withAuthorization(authorization)).status).toBe(200)
  })
})

describe('the contract answers missing or malformed ones with its 401 example and a challenge', () => {
  test.each([
    ['nothing', ''],
    ['no pair', 'Basic YWJj'],
    ['a pair of variables that are not set', 'Basic Og=='],
    ['an empty user', `Basic ${btoa(':secret')}`],
    ['an empty password', `Basic ${btoa('key:')}`],
    ['a pair whose padding holds something', 'Basic a2V5OmJ='],
    ['no base64', 'Basic a:b'],
    ['base64 that goes on', 'Basic YTpi YTpi'],
    ['padding in the middle', 'Basic YT==pi'],
    ['a word before the scheme', 'x Basic YTpi'],
    ['a sign before the base64', 'Basic !YTpi'],
    ['a sign after the base64', 'Basic YTpi!'],
    ['a control character', `Basic ${Buffer.from('a:b\n').toString('base64')}`],
    ['a delete character', `Basic ${Buffer.from('a:\x7f').toString('base64')}`],
    ['an empty token', 'Bearer'],
    ['a token with a space', 'Bearer a b'],
    ['a token with other characters', 'Bearer a,b'],
    ['another scheme', 'Digest YTpi'],
    ['no scheme', 'YTpi'],
  ])('%s', async (_, authorization) => {
    const answer = await withAuthorization(authorization)
    expect(answer.status).toBe(401)
    expect(answer.json).toEqual({ success: false, error: true, error_code: 1, error_message: 'Forbidden' })
    expect(answer.headers.get('www-authenticate')).toBe('Basic realm="mock", charset="UTF-8", Bearer realm="mock"')
  })

  test('where there is no such header at all', async () => {
    expect((await createMock().fetch(`http://mock${path(1)}`)).status).toBe(401)
  })

  test('before anything is said about the rest of the request', async () => {
    expect((await ask('/cfp/v1/imageinstall/x/queue', { headers: { authorization: 'no' } })).status).toBe(401)
  })

  test('whatever type the caller accepts', async () => {
    expect((await ask(path(1), { headers: { authorization: 'no', accept: 'text/html' } })).status).toBe(401)
  })
})

describe('the accepted schemes', () => {
  const expected = 'Basic and the base64 of user:password, or Bearer and a token'

  test.each([
    ['missing', {}, {}],
    ['malformed', { authorization: 'Basic canary' }, { received: 'malformed credentials' }],
  ])('is listed for %s credentials, without repeating %j', (_, headers, received) => {
    const [operation] = operations
    expect(operation && rejectedCredentials(operation, headers)).toEqual({
      location: 'header authorization',
      ...received,
      expected,
    })
  })
})

describe('where credentials may be left out', () => {
  const optional = { ...operations[0], security: ['basic', 'none'] } as MockOperation

  test.each([
    ['none', {}, true],
    ['good ones', basic('key', 'secret'), true],
    ['malformed ones', { authorization: 'Basic canary' }, false],
    ['those of another scheme', { authorization: 'Bearer token' }, false],
  ])('%s are let in or not', (_, headers, isLetIn) => {
    expect(isAuthorized(optional, headers)).toBe(isLetIn)
  })
})
