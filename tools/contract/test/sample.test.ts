import { describe, expect, it } from 'vitest'
import { resolver, type Schema } from '../src/index.ts'
import { sampleOf } from '../src/sample.ts'

const schemas: Record<string, Schema> = {
  Name: { type: 'string', examples: ['Ada'] },
  Owner: { type: 'object', required: ['name'], properties: { name: { $ref: '#/components/schemas/Name' } } },
}
const resolve = resolver({
  openapi: '3.1.1',
  info: { title: 'Samples', version: '1.0.0' },
  servers: [{ url: 'https://samples.example' }],
  paths: {},
  components: { schemas },
})
const name = { $ref: '#/components/schemas/Name' }
const owner = { $ref: '#/components/schemas/Owner' }

const samples: readonly (readonly [schema: Schema, value: unknown])[] = [
  [{ type: 'string', examples: ['shown'], enum: ['allowed'] }, 'shown'],
  [{ type: 'integer', examples: [0] }, 0],
  [{ type: 'string', const: 'fixed' }, 'fixed'],
  [{ type: 'boolean', const: false }, false],
  [{ type: 'string', enum: ['first', 'second'] }, 'first'],
  [{ type: 'integer', 'x-extensible-enum': [3, 4] }, 3],
  [{ type: 'string' }, 'text'],
  [{ type: 'integer' }, 1],
  [{ type: 'number', minimum: 0 }, 0],
  [{ type: ['integer', 'null'], minimum: 5 }, 5],
  [{ type: 'integer', minimum: 0.5 }, 1],
  [{ type: 'number', minimum: 0.5 }, 0.5],
  [{ type: 'integer', maximum: -2 }, -2],
  [{ type: ['null', 'string'] }, 'text'],
  [{ type: 'string', minLength: 6 }, 'text--'],
  [{ type: 'string', maxLength: 3 }, 'tex'],
  [{ type: 'string', format: 'date' }, '2026-01-31'],
  [{ type: 'boolean' }, true],
  [{ type: 'array', items: name }, ['Ada']],
  [{ type: 'array' }, [{}]],
  [{ type: 'object', properties: { free: name } }, {}],
  [{ type: 'object', required: ['undescribed'] }, { undescribed: {} }],
  [{ anyOf: [name, { type: 'null' }] }, 'Ada'],
  [{ anyOf: [{ type: 'null' }, name] }, 'Ada'],
  [{ oneOf: [owner] }, { name: 'Ada' }],
  [name, 'Ada'],
  [{ ...name, examples: ['Eve'] }, 'Eve'],
  [owner, { name: 'Ada' }],
  [
    {
      allOf: [
        owner,
        {
          type: 'object',
          required: ['age', 'tags'],
          properties: { age: { type: 'integer' }, tags: { type: 'array', items: { type: 'string' } } },
        },
      ],
    },
    { name: 'Ada', age: 1, tags: ['text'] },
  ],
]

describe('the sample of a schema', () => {
  it.each(samples)('of %j is %j', (schema, value) => {
    expect(sampleOf(schema, resolve)).toEqual(value)
  })
})
