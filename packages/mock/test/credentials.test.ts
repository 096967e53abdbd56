import { describe, expect, test } from 'vitest'
import { operations } from '../src/contract.ts'
import { rejectedCredentials } from '../src/credentials.ts'
import { createMock } from '../src/index.ts'
import { ask, basic, path } from './support.ts'

const withAuthorization = (authorization: string) => ask(path(1), { headers: { authorization } })

describe('well-formed credentials are accepted', () => {
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

describe('missing or malformed credentials get the 401 example of the contract and a challenge', () => {
  test.each([
    ['nothing', ''],
    ['no pair', 'Basic YWJj'],
    ['a pair of variables that are not set', 'Basic Og=='],
    ['an empty user', `Basic ${btoa(':secret')}`],
    ['an empty password', `Basic ${btoa('key:')}`],
    ['a pair with data in its padding bits', 'Basic a2V5OmJ='],
    ['no base64', 'Basic a:b'],
    ['base64 that continues after a space', 'Basic YTpi YTpi'],
    ['padding in the middle', 'Basic YT==pi'],
    ['a word before the scheme', 'x Basic YTpi'],
    ['a symbol before the base64', 'Basic !YTpi'],
    ['a symbol after the base64', 'Basic YTpi!'],
    ['a control character in the user', `Basic ${btoa('\na:b')}`],
    ['a control character in the password', `Basic ${btoa('a:b\n')}`],
    ['a delete character', `Basic ${btoa('a:\x7f')}`],
    ['an empty token', 'Bearer'],
    ['a token with a space', 'Bearer a b'],
    ['a token with other characters', 'Bearer a,b'],
    ['another scheme', 'Digest YTpi'],
    ['no scheme', 'YTpi'],
  ])('%s', async (_, authorization) => {
    const response = await withAuthorization(authorization)
    expect(response.status).toBe(401)
    expect(response.json).toEqual({ success: false, error: true, error_code: 1, error_message: 'Forbidden' })
    expect(response.headers.get('www-authenticate')).toBe('Basic realm="mock", charset="UTF-8", Bearer realm="mock"')
  })

  test('without the header', async () => {
    expect((await createMock().fetch(`http://mock${path(1)}`)).status).toBe(401)
  })

  test('before the rest of the request is validated', async () => {
    expect((await ask('/cfp/v1/imageinstall/x/queue', { headers: { authorization: 'no' } })).status).toBe(401)
  })

  test('for any Accept header', async () => {
    expect((await ask(path(1), { headers: { authorization: 'no', accept: 'text/html' } })).status).toBe(401)
  })
})

test('an operation without security accepts any credentials, also malformed ones', () => {
  const [operation] = operations
  if (!operation) throw new Error('no operation')
  const open = { ...operation, security: [] }
  expect(rejectedCredentials(open, {})).toBeUndefined()
  expect(rejectedCredentials(open, { authorization: 'nonsense' })).toBeUndefined()
})
