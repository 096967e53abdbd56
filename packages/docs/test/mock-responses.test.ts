import { expect, it } from 'vitest'
import { reference } from '../src/reference.ts'
import { readDocumentation } from '../src/sections.ts'
import { read } from './read.ts'

// A response that no request chooses, and no summary anywhere.
const contract = `
openapi: 3.1.1
info: { title: Shelves, version: 1.0.0 }
servers: [{ url: https://shelves.example }]
paths:
  /shelves:
    get:
      operationId: listShelves
      x-state-changing: false
      parameters:
        - { name: a, in: query, required: true, schema: { type: integer }, examples: { one: { value: 1 }, two: { value: 2 } } }
        - { name: b, in: query, required: true, schema: { type: integer }, examples: { one: { value: 1 } } }
      responses:
        '200':
          description: The shelves.
          content:
            application/json:
              schema: { type: object, properties: { books: { type: array, items: { type: string } } } }
              examples:
                one: { value: { books: [] } }
                two: { value: {} }
                three: { value: { books: [atlas] } }
                four: { value: { books: [] } }
`

it('the mock responses have a row for each scenario, other requests, and examples that a preference chooses', async () => {
  const rows = reference(readDocumentation(await read(contract))).match(/^\| .* \| .* \| 200 \|$/gm)
  expect(rows).toEqual([
    '| `a=1`, `b=1` | one | 200 |',
    '| `a=2` | two | 200 |',
    '| any other | three | 200 |',
    '| `Prefer: example=four` | four | 200 |',
  ])
})
