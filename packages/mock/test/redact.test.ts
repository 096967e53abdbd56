import { describe, expect, it } from 'vitest'
import { createRedact, redactTarget, redactValue } from '../src/redact.ts'

const basic = (pair: string, scheme = 'Basic ') => ({
  authorization: `${scheme}${Buffer.from(pair).toString('base64')}`,
})

describe('credentials of a request', () => {
  it.each([
    ['the user name', basic('canary:secret'), 'for canary', 'for [redacted]'],
    ['the password, with a colon in it', basic('user:long:canary'), 'by long:canary!', 'by [redacted]!'],
    ['the pair as it was sent', basic('user:canary'), 'dXNlcjpjYW5hcnk=', '[redacted]'],
    [
      'a pair after several blanks',
      basic('user:canary', 'basic   '),
      'canary dXNlcjpjYW5hcnk=',
      '[redacted] [redacted]',
    ],
    ['a token', { authorization: 'Bearer canary' }, 'Bearer canary', 'Bearer [redacted]'],
    ['a token after several blanks', { authorization: 'Bearer   canary' }, '(canary)', '([redacted])'],
    [
      'each of several cookies',
      { cookie: 'sid=canary; csrf=other-canary' },
      'other-canary, canary',
      '[redacted], [redacted]',
    ],
    ['a cookie', { cookie: 'sid=canary' }, 'sid=canary', '[redacted]'],
    ['credentials for a proxy', { 'proxy-authorization': 'Bearer canary' }, 'canary', '[redacted]'],
    ['a secret as an address spells it', basic('user:can ary&'), '?key=can%20ary%26', '?key=[redacted]'],
    ['a secret as JSON spells it', basic('user:can"ary'), String.raw`key can\"ary`, 'key [redacted]'],
    ['a secret that starts with another', basic('canary:canary-two'), 'canary-two', '[redacted]'],
    ['a secret of four characters', basic('user:abcd'), 'abcd', '[redacted]'],
  ])('are redacted: %s', (_, headers, text, clean) => {
    expect(createRedact(headers)(text)).toBe(clean)
  })

  it.each([
    ['a secret of three characters, which occurs in ordinary words', basic('user:abc'), 'abc'],
    ['the value of a harmless header', { 'x-trace-id': 'trace-1' }, 'trace-1'],
    ['the name of the scheme', basic('user:canary'), 'Basic realm'],
    ['a pair that was not sent as such', { authorization: `Bearer basic dXNlcjpjYW5hcnk=` }, 'canary'],
  ])('are not redacted: %s', (_, headers, text) => {
    expect(createRedact(headers)(text)).toBe(text)
  })

  it('are redacted anywhere in a body, and the rest of the body is unchanged', () => {
    const redact = createRedact(basic('user:123456'))
    const body = {
      list: [1, '123456', 123456],
      'is 123456': null,
      yes: true,
      inside: { note: '123456!', apiKey: 'unknown', tokens: 2 },
    }
    expect(redactValue(body, redact)).toEqual({
      list: [1, '[redacted]', '[redacted]'],
      'is [redacted]': null,
      yes: true,
      inside: { note: '[redacted]!', apiKey: '[redacted]', tokens: 2 },
    })
  })
})

describe('a query parameter with a secret-like name', () => {
  const redact = createRedact({})

  it.each([
    ['/list?api_key=canary&page=2', '/list?api_key=[redacted]&page=2'],
    ['/list?page=2&api%5Fkey=canary', '/list?page=2&api%5Fkey=[redacted]'],
    ['/list?100%=1&%74oken=canary', '/list?100%=1&%74oken=[redacted]'],
  ])('is redacted, also percent-encoded: %s', (target, clean) => {
    expect(redactTarget(target, redact)).toBe(clean)
  })
})
