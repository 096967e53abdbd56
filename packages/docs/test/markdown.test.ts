import { describe, expect, it } from 'vitest'
import { append, codeSpan, forRedoc, link } from '../src/markdown.ts'

describe('Markdown that is written here', () => {
  it.each([
    ['plain', '`plain`'],
    ['with `ticks` inside', '`` with `ticks` inside ``'],
    ['with ``two`` inside', '``` with ``two`` inside ```'],
    ['', '`""`'],
    [1.5, '`1.5`'],
    [null, '`null`'],
  ])('holds %j as code', (value, written) => {
    expect(codeSpan(value)).toBe(written)
  })

  it('names a link by its description, or else by its address', () => {
    const url = 'https://links.example'
    expect(link({ url, description: 'Links' })).toBe('[Links](https://links.example)')
    expect(link({ url })).toBe('[https://links.example](https://links.example)')
  })

  it('puts a word behind a sentence, but beneath a list, of which it would become a part', () => {
    expect(append('A sentence.\n', 'sure')).toBe('A sentence. sure')
    expect(append('- one\n- two\n', 'sure')).toBe('- one\n- two\n\nsure')
  })

  it.each(['~~~\n  code\n  ~~~', '```\n  code\n  ```', '| a |\n  | - |\n  | b |'])(
    'leaves an item with %j as it is',
    (inner) => {
      const list = `- item\n\n  ${inner}\n`
      expect(forRedoc(list)).toBe(list)
    },
  )

  it('gives Redoc no headings, and each paragraph on one line', () => {
    const lines = forRedoc('#### Title\n\none\ntwo\n\n- three\n  four\n').split('\n')
    expect(lines.map((line) => line.trim()).filter(Boolean)).toEqual(['**Title**', 'one two', '- three four'])
  })
})
