import { describe, expect, it } from 'vitest'
import { llmsTxt } from '../src/llms.ts'
import { redocDocument } from '../src/redoc-document.ts'
import { reference } from '../src/reference.ts'
import { readDocumentation } from '../src/sections.ts'
import { document, sections } from './site.ts'

const text = [
  'Before.',
  '## Notes',
  'First.',
  '## Notes',
  '```sh\n## not a heading\n```',
  '## Authentication',
  'Ours.',
  '## Try it without keys',
  'Run it.',
].join('\n\n')
const poor = { ...document, info: { ...document.info, description: text } }
const documentation = readDocumentation(poor)

describe('the sections', () => {
  it('have the order of the documentation, and then that of the contract', () => {
    const calls = documentation.calls.map(({ title }) => title)
    expect(documentation.sections.map(({ title }) => title)).toEqual([
      'Try it without keys',
      ...calls,
      'Errors',
      'Authentication',
      'Mock responses',
      'Notes',
      'Notes (2)',
      'Authentication (2)',
    ])
  })

  it('begin at headings, not in code', () => {
    expect(documentation.opening).toMatch(/^Before\.\n/)
    expect(documentation.sections.find(({ title }) => title === 'Notes (2)')?.markdown).toContain('## not a heading')
  })

  it('show evidence without a link where no section explains it', () => {
    expect(reference(documentation)).toContain('*documented*')
  })
})

it('Redoc gets no headings, and links to its addresses', () => {
  const description = '#### Title\n\n```sh\n# comment\n```\n\n[a](#errors), [b](#other)'
  const redoc = redocDocument(readDocumentation({ ...document, info: { ...document.info, description } }))
  const lines = JSON.stringify(redoc).split(/(?:\\n)+/)
  expect(lines).toEqual(expect.arrayContaining(['```sh', '# comment', '```', '[a](#/errors), [b](#other)']))
  expect(lines[0]).toMatch(/\*\*Title\*\*$/)
})

describe('the plain reference', () => {
  it('gives two operations with one summary different titles', () => {
    const [path = '', other = ''] = Object.keys(document.paths)
    const twin = { ...document.paths[other]?.get, summary: document.paths[path]?.get?.summary }
    const twins = { ...document, paths: { ...document.paths, [other]: { get: twin } } } as typeof document
    const { calls } = readDocumentation(twins)
    expect(calls.map(({ title }) => title)).toEqual(['Queue an image install', 'Queue an image install (2)'])
  })

  it('marks what is deprecated, and lists the values of a list and a map', () => {
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
    const components = { ...document.components, schemas: { ...document.components?.schemas, ...schemas } }
    const markdown = reference(readDocumentation({ ...document, components }))
    const own = markdown.slice(markdown.indexOf('### Schema Old'))
    expect(own.match(/\*\*Deprecated\.\*\*/g)).toHaveLength(2)
    expect(own).toMatch(/`small`.*`large`/)
    expect(own).toContain('map of integer, maximum `9`')
    expect(own).toMatch(/one<br>two/)
  })

  it('shows a call that the contract hardly describes', () => {
    const place = { anyOf: [{ $ref: '#/components/schemas/Place' }, { type: 'null' }] } as const
    const body = { type: 'object', properties: { size: { type: 'integer', 'x-extensible-enum': [1] }, place } } as const
    const markdown = reference(
      readDocumentation({
        openapi: '3.1.1',
        info: { title: 'Bare', version: '1.0.0' },
        servers: [{ url: 'https://bare.example' }],
        paths: {
          '/parcels': {
            post: {
              operationId: 'send',
              'x-state-changing': true,
              requestBody: { content: { 'application/json': { schema: body } } },
              responses: { '204': { description: 'Sent.' } },
            },
          },
        },
        components: { schemas: { Place: { allOf: [{ type: 'object', properties: { x: { type: 'number' } } }] } } },
      }),
    )
    expect(markdown).not.toContain('Mock responses')
    expect(markdown.slice(markdown.indexOf('## send'), markdown.indexOf('### Samples'))).toBe(`## send

**POST** \`/parcels\`

Client method: \`send\` (changes state). [Authentication](#authentication): none.

### Request body, optional

object

| field of the request | type | needed | meaning |
| --- | --- | --- | --- |
| \`body.size\` | integer | optional | Known values (others may appear):<br><br>- \`1\` |
| \`body.place\` | [Place](#schema-place) or null | optional |  |

### Responses

| status | meaning | body |
| --- | --- | --- |
| 204 | Sent. | none |

`)
  })

  it('has a row for each status that can be an error, and names the lookup operation', () => {
    const errors = sections.find(({ title }) => title === 'Errors')?.markdown ?? ''
    for (const call of sections.flatMap(({ call }) => call ?? [])) {
      const own = errors.slice(errors.indexOf(`**${call.title}**`))
      const statuses = [...own.matchAll(/^\| (\d+|default) \|/gm)].map(([, status]) => status)
      expect(statuses.slice(0, call.responses.size)).toEqual([...call.responses.keys()])
    }
    expect(errors).toContain('Look it up with [List incomplete image installs](#list-incomplete-image-installs) first.')
  })

  it('has a row for each request that the mock distinguishes, with the responses that follow', () => {
    const responses = sections.find(({ title }) => title === 'Mock responses')?.markdown ?? ''
    expect(responses).toContain('| `jobid=1001`, `mirroring=true` | Mirror job in state 1, Created | 200 |')
    expect(responses).toMatch(/`accountserviceid=7001` .*Then, when requested again: The rollout, queued → /)
  })
})

it('llms.txt links each call to its section of the Markdown', () => {
  const index = llmsTxt(readDocumentation(document))
  expect(index).toContain('# Clanforge image install queue\n\n> Queue the install')
  expect(index).toContain(
    '- [Queue an image install](reference.md#queue-an-image-install): GET /cfp/v1/imageinstall/{jobid}/queue\n',
  )
})
