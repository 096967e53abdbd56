import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Document, readContract } from '@image-install-queue/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { decorate } from '../src/decorate.ts'
import { reference } from '../src/reference.ts'
import { temporaryFolder } from './temporary-folder.ts'

// Two parameters that count, an answer that no request chooses, and no summary anywhere.
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
        - { name: a, in: query, required: true, schema: { type: integer }, examples: { one: { value: 1 }, two: { value: 2 }, three: { value: 1 } } }
        - { name: b, in: query, required: true, schema: { type: integer }, examples: { one: { value: 1 }, two: { value: 1 }, three: { value: 3 } } }
      responses:
        '200':
          description: The shelves.
          content:
            application/json:
              schema: { type: object, properties: { books: { type: array, items: { type: string } }, box: { type: object } } }
              examples:
                one: { value: { books: [] } }
                two: { value: {} }
                three: { value: { box: {} } }
                four: { value: { books: [] } }
                five: { value: { books: [atlas] } }
`
const folder = temporaryFolder()
let document: Document
beforeAll(async () => {
  const file = join(folder, 'contract.yaml')
  writeFileSync(file, contract)
  document = (await readContract(file)).document
})

describe('the examples of an answer', () => {
  it('have their names where they have no summary', () => {
    const shown: unknown = JSON.parse(JSON.stringify(decorate(document)))
    const names = ['one', 'two', 'three', 'four', 'five']
    const summaries = Object.fromEntries(names.map((name) => [name, expect.objectContaining({ summary: name })]))
    const content = { 'application/json': expect.objectContaining({ examples: summaries }) }
    expect(shown).toHaveProperty(['paths', '/shelves', 'get', 'responses', '200', 'content'], content)
  })

  it('are told as others only if they hold the same, an empty list and nothing apart', () => {
    expect(reference(document).match(/^`\w+` · 200: as `\w+`.*$/gm)).toEqual(['`four` · 200: as `one`.'])
  })
})

describe('the table of what the mock answers', () => {
  it('joins requests that count by one number, and names the preference for what no request chooses', () => {
    const rows = reference(document).match(/^\| .* \| .* \| 200 \|$/gm)
    expect(rows).toEqual([
      '| `a=1` … `2`, `b=1` | one … two | 200 |',
      '| `a=1`, `b=3` | three | 200 |',
      '| any other | four | 200 |',
      '| `Prefer: example=five` | five | 200 |',
    ])
  })
})
