import { describe, expect, it } from 'vitest'
import { comment, literal, quote } from '../src/text.ts'
import { syntaxErrors } from './support/generated.ts'

/** Ends each kind of literal and comment that it could be in. */
const text = `'; act //" + (act) + "\`; act //\${act}} */ act /* \\'; \\ act\u2028act\u2029act\nact\r\n*/ act`

const evaluated = (code: string): unknown => new Function(`return ${code}`)()

describe('strings of the contract in generated code', () => {
  it('are escaped in literals, as names and as values', () => {
    expect(evaluated(quote(text))).toBe(text)
    expect(evaluated(`(${literal({ [text]: [text, { constructor: text }] })})`)).toEqual({
      [text]: [text, { constructor: text }],
    })
    expect(quote(text)).not.toMatch(/[\n\r\u2028\u2029]/)
  })

  it('do not end a comment', () => {
    const code = `${comment([text, 'second'], '', ['@see text'])}export const value = 1\n`
    expect(syntaxErrors({ 'file.ts': code })).toEqual([])
    expect(code.match(/\*\//g)).toHaveLength(1)
  })

  it('have no TSDoc tags in comments, except those that the generator adds', () => {
    const code = comment(['@deprecated at once', 'not @deprecated, nor me@example.com'], '', ['@deprecated'])
    expect(code.match(/(?<![^\s])@\w+/g)).toEqual(['@deprecated'])
    expect(code).toContain('me@example.com')
  })

  it('make no comment if all of them are empty', () => {
    expect(comment([undefined, ' '])).toBe('')
  })
})
