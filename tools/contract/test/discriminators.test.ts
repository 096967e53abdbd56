import { describe, expect, it } from 'vitest'
import { discriminators, type Reference, resolver, type Schema } from '../src/index.ts'

const kind = (value: string): Schema => ({ type: 'string', const: value })
const object = (properties: Readonly<Record<string, Schema>>): Schema => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
})
const schemas: Record<string, Schema> = {
  Rose: object({ kind: kind('rose') }),
  Yew: { allOf: [object({ kind: kind('yew') }), object({ height: { type: 'number' } })] },
  Bed: object({ plants: { type: 'array', items: {} } }),
  Any: object({ kind: { type: 'string' } }),
  Optional: { type: 'object', properties: { soil: { type: 'string' } } },
}
const resolve = resolver({
  openapi: '3.1.1',
  info: { title: 'Garden', version: '1.0.0' },
  servers: [{ url: 'https://garden.example' }],
  paths: {},
  components: { schemas },
})
const union = (...names: string[]): Reference[] => names.map((name) => ({ $ref: `#/components/schemas/${name}` }))

describe('the discriminators of a union', () => {
  it.each([
    ['a property that the other variants lack', ['Rose', 'Bed'], [{ property: 'kind' }, { property: 'plants' }]],
    [
      'a property that the others have with another const, also through allOf',
      ['Rose', 'Yew'],
      [
        { property: 'kind', const: 'rose' },
        { property: 'kind', const: 'yew' },
      ],
    ],
    ['missing if another variant has the property without a const', ['Rose', 'Any'], [undefined, undefined]],
    ['missing if no property is required', ['Optional', 'Bed'], [undefined, { property: 'plants' }]],
  ])('are %s', (_, names, expected) => {
    expect(discriminators(union(...names), resolve)).toEqual(expected)
  })
})
