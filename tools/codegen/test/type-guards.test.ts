import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addClient, compile, makeWorkshop } from './support/generated.ts'

// A dog is distinguished by its `kind` in the first union, and by having a `kind` in the second. A fish has no `kind`.
const contract = `
openapi: 3.1.1
info: { title: Animals, version: 1.0.0 }
servers: [{ url: https://animals.test }]
paths:
  /animal:
    get:
      operationId: getAnimal
      x-state-changing: false
      responses:
        "200":
          description: An animal.
          content:
            application/json:
              schema:
                oneOf:
                  - $ref: "#/components/schemas/Dog"
                  - $ref: "#/components/schemas/Cat"
                  - $ref: "#/components/schemas/Fish"
  /swimmer:
    get:
      operationId: getSwimmer
      x-state-changing: false
      responses:
        "200":
          description: An animal that swims.
          content:
            application/json:
              schema:
                oneOf:
                  - $ref: "#/components/schemas/Dog"
                  - $ref: "#/components/schemas/Fish"
components:
  schemas:
    Dog: { type: object, required: [kind], properties: { kind: { type: string, const: dog } } }
    Cat: { type: object, required: [kind], properties: { kind: { type: string, const: cat } } }
    Fish: { type: object, required: [fins], properties: { fins: { type: integer } } }
`

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'type-guards-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

it('a type guard compiles, and is true for its own variant only, whichever union a value comes from', {
  timeout: 600_000,
}, async () => {
  const workshop = join(folder, 'workshop')
  makeWorkshop(workshop)
  const client = await addClient(workshop, 'animals', contract)
  expect(compile(workshop)).toBe('')
  const file = pathToFileURL(join(client, 'src/generated/operations.gen.ts')).href
  const { isDog, isCat, isFish } = await import(/* @vite-ignore */ file)
  const animals = [{ kind: 'dog' }, { kind: 'cat' }, { fins: 7 }]
  expect(animals.map((animal) => isDog(animal))).toEqual([true, false, false])
  expect(animals.map((animal) => isCat(animal))).toEqual([false, true, false])
  expect(animals.map((animal) => isFish(animal))).toEqual([false, false, true])
})
