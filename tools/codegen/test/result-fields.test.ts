import { describe, expect, it } from 'vitest'
import { generateClient } from '../src/client/index.ts'
import { contractFrom } from './support/generated.ts'

const field = '{ type: string }'
const flag = (value: boolean) => `ok: { type: boolean, const: ${value} }`

/** Returns the fields by which the client of a contract recognizes a result. */
async function resultFields(...variants: readonly string[]): Promise<string | undefined> {
  const schemas = [
    `{ type: object, required: [ok], properties: { ${flag(false)}, message: ${field} }, ${mark} }`,
    ...variants,
  ]
  const contract = `
openapi: 3.1.1
info: { title: Results, version: 1.0.0 }
servers: [{ url: https://results.test }]
paths:
  /result:
    get:
      operationId: getResult
      x-state-changing: false
      responses:
        "200":
          description: A result or an error.
          content:
            application/json:
              schema: { oneOf: [${schemas.map((_, index) => `{ $ref: "#/components/schemas/Variant${index}" }`).join()}] }
components:
  schemas:
${schemas.map((schema, index) => `    Variant${index}: ${schema}\n`).join('')}`
  const files = await generateClient(await contractFrom(contract))
  return /resultFields: (.*),\n/.exec(files['contract.gen.ts'] ?? '')?.[1]
}

const mark = 'x-in-band-error: { when: [{ ok: false }], message: message }'

describe('the fields by which the client recognizes a result', () => {
  it('are those that an error lacks', async () => {
    const plant = `{ type: object, required: [ok, plant], properties: { ${flag(true)}, plant: ${field}, note: ${field} } }`
    expect(await resultFields(plant)).toBe("['plant', 'note']")
  })

  it('are left out if a result can have the same fields as an error', async () => {
    const done = `{ type: object, required: [ok, message], properties: { ${flag(true)}, message: ${field} } }`
    expect(await resultFields(done)).toBe(undefined)
  })

  it('are left out if one of several results requires only fields that an error has', async () => {
    const plant = `{ type: object, required: [plant], properties: { plant: ${field} } }`
    const done = `{ type: object, required: [ok], properties: { ${flag(true)}, note: ${field} } }`
    expect(await resultFields(plant, done)).toBe(undefined)
  })
})
