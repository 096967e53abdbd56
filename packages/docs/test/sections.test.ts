import { describe, expect, it } from 'vitest'
import { readContext } from '../src/context.ts'
import { decorate } from '../src/decorate.ts'
import { plainBody } from '../src/plain-page.ts'
import { reference } from '../src/reference.ts'
import { aroundCalls } from '../src/sections.ts'
import { document } from './contract.ts'

const text = [
  'Before.',
  '## Notes',
  'First.',
  '## Notes',
  '```sh\n## not a heading\n```',
  '## Authentication',
  'Ours.',
].join('\n\n')
const poor = { ...document, info: { ...document.info, description: text } }
const context = readContext(poor, String)

describe('the sections of a text', () => {
  it('are told apart by a lexer: a fence stays whole, and two of one name are both there', () => {
    const { before } = aroundCalls(context)
    expect(context.introduction.trim()).toBe('Before.')
    expect(before.map(({ name }) => name)).toEqual(['Notes', 'Notes (2)'])
    expect(before[1]?.text).toContain('## not a heading')
  })

  it('do not take the name of one that is made', () => {
    const { after } = aroundCalls(context)
    expect(after.map(({ name }) => name)).toEqual([
      'What can go wrong',
      'Authentication',
      'Authentication (2)',
      'What the mock answers',
    ])
  })

  it('lose no call of a tag that is called like one of them', () => {
    const tagged = { ...poor, tags: [{ name: 'Authentication', description: 'Calls.' }] }
    expect(JSON.stringify(decorate(tagged))).toContain('queueImageInstall')
  })

  it('without a legend, leave the words for evidence in place', () => {
    expect(reference(poor)).toContain('*documented*')
  })
})

describe('the plain page', () => {
  it('gives two operations of one summary addresses of their own', () => {
    const [path = '', other = ''] = Object.keys(document.paths)
    const twin = { ...document.paths[other]?.get, summary: document.paths[path]?.get?.summary }
    const twins = { ...document, paths: { ...document.paths, [other]: { get: twin } } } as typeof document
    const markdown = reference(twins)
    const targets = [...markdown.matchAll(/^- \*\*GET\*\* \[.*?\]\(#(.*?)\)/gm)].map(([, target]) => target)
    expect(new Set(targets).size).toBe(2)
    const html = plainBody(markdown)
    for (const target of targets) expect(html).toContain(`id="${target}"`)
  })

  it('has no two headings of one id, sections first', () => {
    const html = plainBody('### Body\n\n## Body\n\n### Body\n\n### Body 1')
    expect([...html.matchAll(/id="(.*?)"/g)].map(([, id]) => id)).toEqual(['body-2', 'body', 'body-3', 'body-1'])
  })

  it('says what is deprecated, and the values of a list and a map', () => {
    const schemas = {
      Old: {
        type: 'object',
        deprecated: true,
        properties: {
          kinds: { type: 'array', items: { type: 'string', enum: ['small', 'large'] }, deprecated: true },
          labels: { type: 'object', additionalProperties: { type: 'integer', maximum: 9 } },
          code: { type: 'string', description: 'As in:\n\n```\none\ntwo\n```' },
        },
      },
    } as const
    const markdown = reference({
      ...document,
      components: { ...document.components, schemas: { ...document.components?.schemas, ...schemas } },
    })
    const own = markdown.slice(markdown.indexOf('### Schema Old'))
    expect(own.match(/\*\*Deprecated\.\*\*/g)).toHaveLength(2)
    expect(own).toMatch(/`small`.*`large`/)
    expect(own).toContain('map of integer, maximum `9`')
    expect(own).toMatch(/one<br>two/)
  })
})
