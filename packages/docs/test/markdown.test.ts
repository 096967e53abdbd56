import { describe, expect, it } from 'vitest'
import { codeSpan, link, withEvidence } from '../src/markdown.ts'

describe('Markdown', () => {
  it.each([
    ['plain', '`plain`'],
    ['with `ticks` inside', '`` with `ticks` inside ``'],
    ['with ``two`` inside', '``` with ``two`` inside ```'],
    ['', '`""`'],
    [1.5, '`1.5`'],
    [null, '`null`'],
  ])('has %j as inline code', (value, written) => {
    expect(codeSpan(value)).toBe(written)
  })

  it('names a link by its description, or else by its address', () => {
    const url = 'https://links.example'
    expect(link({ url, description: 'Links' })).toBe('[Links](https://links.example)')
    expect(link({ url })).toBe('[https://links.example](https://links.example)')
  })

  it('has evidence behind a sentence, but below a list', () => {
    const evidence = { 'x-evidence': 'inferred' } as const
    expect(withEvidence({ description: 'A sentence.', ...evidence }, undefined)).toBe('A sentence. *inferred*')
    expect(withEvidence({ description: '- one\n- two', ...evidence }, 'how')).toBe(
      '- one\n- two\n\n[inferred](#how "inferred")',
    )
  })
})
