import type { Oas3Rule, Oas3Visitor, UserContext } from '@redocly/openapi-core'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

/** What OpenAPI adds to JSON Schema 2020-12. It says nothing about which values are valid. */
const annotations = ['discriminator', 'xml', 'externalDocs', 'example']

/**
 * Every example value obeys its schema, judged by a strict JSON Schema 2020-12 validator of our own: Redocly's rules
 * look at fewer places and leave some wrong types alone.
 */
export const validExamples: Oas3Rule = (): Oas3Visitor => {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false })
  addFormats.default(ajv)

  function check(value: unknown, what: string, schema: UserContext['location'], at: string[], ctx: UserContext): void {
    const report = (message: string) => ctx.report({ message, location: ctx.location.child(at) })
    try {
      const validate = ajv.compile({ $ref: `contract${schema.pointer}` })
      if (validate(value)) return
      const reasons = new Set(validate.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`.trim()))
      report(`${what} does not fit its schema: ${[...reasons].join('; ')}. Correct the example or the schema.`)
    } catch (error) {
      report(`${what} cannot be checked: ${error instanceof Error ? error.message : error}. Correct the schema.`)
    }
  }

  function checkNamed(
    node: { examples?: Record<string, object>; example?: unknown; schema?: unknown },
    ctx: UserContext,
  ): void {
    if (node.schema === undefined) return
    const schema = ctx.location.child(['schema'])
    if (node.example !== undefined) check(node.example, 'The example', schema, ['example'], ctx)
    for (const [name, reference] of Object.entries(node.examples ?? {})) {
      // A reference that leads nowhere is reported by a rule of Redocly.
      const example: { value?: unknown } | undefined = ctx.resolve(reference).node
      if (example) check(example.value, `Example "${name}"`, schema, ['examples', name], ctx)
    }
  }

  return {
    Root(root) {
      const words = new Set([...annotations, ...Object.keys(root)])
      JSON.stringify(root, (key, value: unknown) => {
        if (key.startsWith('x-')) words.add(key)
        return value
      })
      ajv.addVocabulary([...words])
      ajv.addSchema({ ...root, $id: 'contract' })
    },
    MediaType: checkNamed,
    Parameter: checkNamed,
    Header: checkNamed,
    Schema(schema, ctx) {
      const examples: readonly unknown[] | undefined = Reflect.get(schema, 'examples')
      examples?.forEach((value, index) => {
        check(value, 'The example', ctx.location, ['examples', String(index)], ctx)
      })
    },
  }
}
