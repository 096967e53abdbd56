import { describe, expect, it } from 'vitest'
import { isValue } from '../src/choose.ts'
import { parseTarget } from '../src/route.ts'

describe('the path of a request', () => {
  it('is equal with and without encoding of unreserved characters', () => {
    const plain = 'AZaz09-._~mM5'
    const coded = [...plain].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('')
    expect(parseTarget(`/x/${coded}`).path).toBe(`/x/${plain}`)
    expect(parseTarget(`/x/${coded.toUpperCase()}`).path).toBe(`/x/${plain}`)
  })

  it('keeps the encoding of reserved characters', () => {
    expect(parseTarget('/x/%2F%3F%25%40%20').path).toBe('/x/%2F%3F%25%40%20')
  })
})

describe('a parameter of a scenario', () => {
  const matches = (value: unknown, received: string | string[]) =>
    isValue({ name: 'x', in: 'query', value }, { path: {}, query: { x: received }, header: {} })

  it.each([
    ['a string', 'new', 'new', 'news'],
    ['a number, however it is written', 4, '4.0', '5'],
    ['a boolean', true, 'true', 'false'],
    ['a list of one item', ['new'], 'new', 'old'],
    ['a list with the same last item', [1, 2], ['1', '2'], ['1', '3']],
    ['a list of the same length', ['new', 'old'], ['new', 'old'], ['new', 'old', 'old']],
  ])('matches %s only', (_, value, same, other) => {
    expect(matches(value, same)).toBe(true)
    expect(matches(value, other)).toBe(false)
  })

  it('does not match a list if it is one value', () => {
    expect(matches('new', ['new'])).toBe(false)
  })
})
