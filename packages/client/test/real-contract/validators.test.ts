import { createRequire } from 'node:module'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contract } from '../../src/generated/contract.gen.ts'
import { responses, schemas } from '../../src/generated/validators.gen.ts'
import { findViolations, type Schema } from '../../src/validate.ts'

interface SpecSchema {
  readonly $ref?: string
  readonly oneOf?: readonly SpecSchema[]
  readonly 'x-in-band-error'?: object
}

interface SpecResponse {
  readonly content?: {
    readonly 'application/json': { readonly schema: SpecSchema; readonly examples?: Record<string, { value: unknown }> }
  }
}

interface SpecOperation {
  readonly operationId: string
  readonly responses: Readonly<Record<string, SpecResponse>>
}

const spec: {
  readonly paths: Readonly<Record<string, Readonly<Record<string, SpecOperation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, SpecSchema>> }
} = createRequire(import.meta.url)('@image-install-queue/spec/openapi.json')

const ajv = new Ajv2020({ strict: false, ownProperties: true })
ajv.addSchema({ $id: 'spec', components: spec.components })

const isError = ({ $ref = '' }: SpecSchema) =>
  spec.components.schemas[$ref.replace('#/components/schemas/', '')]?.['x-in-band-error'] !== undefined

/** Every success response with a body: its generated schema, a validator of the contract's schema, and its examples. */
const cases = Object.values(spec.paths)
  .flatMap((item) => Object.values(item))
  .filter((operation) => typeof operation === 'object' && 'operationId' in operation)
  .flatMap(({ operationId, responses: declared }) =>
    Object.entries(declared).flatMap(([status, { content }]) => {
      if (!status.startsWith('2') || !content) return []
      const { schema, examples = {} } = content['application/json']
      const variants = (schema.oneOf ?? [schema]).filter((variant) => !isError(variant))
      const text = JSON.stringify({ oneOf: variants }).replaceAll('"#/', '"spec#/')
      const isResult = ajv.compile(JSON.parse(text))
      const byOperation: Readonly<Record<string, Readonly<Record<string, Schema>>>> = responses
      const generated = byOperation[operationId]?.[status] ?? {}
      const results = Object.values(examples).flatMap(({ value }) => (isResult(value) ? [value] : []))
      return [{ name: `${operationId} ${status}`, generated, isResult, results }]
    }),
  )

const anything = fc.oneof(fc.jsonValue(), fc.constantFrom(true, false, null, '', 0, -1, 100, 101, 1.5, 'x'))

/** The value with a field, at any depth, replaced, and others removed. */
function changed(value: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(value)) return value.length === 0 ? anything : fc.tuple(...value.map(changed))
  if (typeof value !== 'object' || value === null) return anything
  const fields = Object.entries(value)
  const names = [...fields.map(([name]) => name), 'other']
  const nested = fields.map(([name, field]) => changed(field).map((replaced) => ({ [name]: replaced })))
  const replacements = fc.oneof(
    fc.constant({}),
    fc.dictionary(fc.constantFrom(...names), anything, { maxKeys: 3 }),
    ...nested,
  )
  return fc
    .tuple(replacements, fc.subarray(names, { maxLength: 1 }))
    .map(([replaced, removed]) =>
      Object.fromEntries(Object.entries({ ...value, ...replaced }).filter(([name]) => !removed.includes(name))),
    )
}

test('every operation of the contract has generated schemas', () => {
  expect(Object.keys(responses)).toEqual(contract.operations.map(({ name }) => name))
})

describe('the validator agrees with Ajv on the contract', () => {
  test.each(cases)('for examples with changes: $name', ({ generated, isResult, results }) => {
    const values = fc.oneof(anything, ...results.map(changed))
    fc.assert(
      fc.property(values, (value) => {
        // Ajv accepts an integer that JavaScript has rounded.
        fc.pre(!/\d{16}|e\+/.test(JSON.stringify(value)))
        expect([value, findViolations(generated, value, '', schemas).length === 0]).toEqual([value, isResult(value)])
      }),
      { numRuns: 2_000 },
    )
  })
})
