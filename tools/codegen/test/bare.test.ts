import type { Contract } from '@image-install-queue/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { generateClient } from '../src/client/index.ts'
import { generateMock } from '../src/mock/index.ts'
import { contractFrom, syntaxErrors } from './support/generated.ts'

// No components, no credentials and no in-band errors: one operation that changes something and returns nothing.
const bare = `
openapi: 3.1.1
info: { title: Bare, version: 1.0.0 }
servers: [{ url: https://bare.test }]
paths:
  /weights:
    put:
      operationId: setWeight
      deprecated: true
      x-state-changing: true
      security: [{}]
      parameters: [{ name: weight, in: query, required: true, schema: { type: number, minimum: 0.5 } }]
      responses: { "204": { description: It is set. } }
`

let contract: Contract
beforeAll(async () => {
  contract = await contractFrom(bare)
})

describe('a minimal contract', () => {
  it('generates a client whose method is deprecated, documents its parameter and needs no credentials', async () => {
    const files = await generateClient(contract)
    expect(syntaxErrors(files)).toEqual([])
    const all = Object.values(files).join('\n')
    expect(all).toContain('@deprecated')
    expect(all).toContain('Number, at least 0.5')
    expect(all).toMatch(/securitySchemes: \{\},\n {2}security: \[null\],/)
    expect(all).toMatch(/export type ApiErrorFields = Record<never, never>/)
  })

  it('generates a mock whose sample request has the right method', async () => {
    const files = await generateMock(contract)
    const { sample, operations } = JSON.parse(files['contract.gen.json'] ?? '')
    expect(sample).toEqual({ target: '/weights?weight=0.5', flags: ['--request PUT'] })
    expect(operations).toMatchObject([{ operationId: 'setWeight', security: ['none'], examples: [], scenarios: [] }])
  })
})
