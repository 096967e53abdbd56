import type { Oas3_1Definition } from '@redocly/openapi-core'
import { describe, expect, it } from 'vitest'
import { decorate } from '../src/decorate.ts'
import { reference } from '../src/reference.ts'

const sparse: Oas3_1Definition = {
  openapi: '3.1.0',
  externalDocs: { url: 'https://docs.example.com/' },
  servers: [{ url: '/' }],
  tags: [{ name: 'untold' }],
  paths: {
    '/levels': {
      get: {
        externalDocs: { url: 'https://docs.example.com/levels' },
        parameters: [{ name: 'level', in: 'query', schema: { $ref: '#/components/schemas/Level' } }],
        responses: {
          '200': { content: { 'text/plain': { examples: { low: { value: '1' } } } } },
          '201': { headers: { Age: { required: true, schema: { type: 'integer' } } } },
        },
      },
    },
  },
  components: {
    securitySchemes: { tls: { type: 'mutualTLS' } },
    schemas: {
      Level: Object.assign({ type: 'integer' }, { 'x-extensible-enum': [1, 2], 'x-enum-varnames': ['Low'] }),
      Grade: Object.assign({ enum: ['a', 'b'] }, { 'x-enum-descriptions': ['best'] }),

      Plain: { enum: [1, 'two'] },
      Rows: { type: 'array', items: { $ref: '#/components/schemas/Level' } },
      Open: { properties: { level: { $ref: '#/components/schemas/Level' } } },
      Kinds: {
        oneOf: [
          { title: 'Small', properties: { kind: { type: 'string' }, size: { type: 'integer' } } },
          { title: 'Large', required: ['size'], properties: { kind: { type: 'string' }, size: { type: 'integer' } } },
        ],
        discriminator: { propertyName: 'kind' },
      },
      Odd: Object.assign({ oneOf: [{ type: 'object' }, { type: 'string' }] }, { 'x-in-band-error': 'odd' }),
    },
  },
}

describe('a contract that says as little as it may', () => {
  const text = reference(sparse, () => [])

  it('has a plain reference', () => {
    expect(text).toContain('## getLevels')
    expect(text).toContain('[https://docs.example.com/](https://docs.example.com/)')
    expect(text).toContain('- **`tls`**, mutualTLS.\n')
    expect(text).toContain('| `level` in query | [Level](#schema-level) | optional |')
    expect(text).toContain('| `Age` | integer | required |')
    expect(text).not.toContain('untold')
  })

  it('has known values with what is said of them', () => {
    expect(text).toContain('| `1` | Low |\n| `2` |  |')
    expect(text).toContain('| `a` | best |\n| `b` |  |')
  })

  it('has values of which nothing is said in one line', () => {
    expect(text).toContain('One of: `1`, `two`.')
  })

  it('has schemas that say little more than that they are there', () => {
    expect(text).toContain('### Schema Rows\n\nType: array of [Level](#schema-level).')
    expect(text).toContain('### Schema Open\n\nType: object.')
  })

  it('tells members of a union without names or mapping by their titles', () => {
    expect(text).toContain('| field | Small | Large |')
    expect(text).toContain('| `kind` | always `Small` | always `Large` |')
    expect(text).toContain('| `size` | may be there | always there |')
  })

  it('lists an answer that nothing chooses by its name', () => {
    expect(text).toContain('| `low` | `Prefer: example=low` |  | 200 |')
  })

  it('has a document for Redoc, with open sets told and no section that would be empty', () => {
    const { tags, components } = decorate(sparse, () => [])
    expect(tags?.map(({ name }) => name)).toEqual(['', 'Scenarios', 'Authentication'])
    expect(JSON.stringify(components?.schemas?.Level)).toContain('Known values; more may come:')
    expect(decorate({ openapi: '3.1.0' }, () => []).tags).toEqual([{ name: '' }])
    expect(reference({ openapi: '3.1.0', info: { title: 'None', version: '1' } }, () => [])).toContain('# None 1')
  })
})
