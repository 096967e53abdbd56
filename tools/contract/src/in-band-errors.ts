import type { InBandErrorRule, ResponseNode, Schema } from './document.ts'
import type { Operation } from './operations.ts'
import { componentName, isReference, type Resolve } from './resolve.ts'

/** A component schema whose values are errors, whatever the status they arrive with. */
export interface InBandError {
  readonly schema: string
  readonly rule: InBandErrorRule
}

export const isInBandError = (schema: Schema, resolve: Resolve): boolean =>
  resolve(schema)['x-in-band-error'] !== undefined

/** The errors that the body of a response may be. */
export function inBandErrorsIn({ content }: ResponseNode, resolve: Resolve): InBandError[] {
  const schema: Schema = content?.['application/json'].schema ?? {}
  return (resolve(schema).oneOf ?? [schema]).flatMap((member) => {
    const rule = resolve<Schema>(member)['x-in-band-error']
    return rule && isReference(member) ? [{ schema: componentName(member), rule }] : []
  })
}

/** The errors that an operation can answer with in a body, each once. */
export function inBandErrors({ responses }: Operation, resolve: Resolve): InBandError[] {
  const all = [...responses.values()].flatMap((response) => inBandErrorsIn(response, resolve))
  return [...new Map(all.map((error) => [error.schema, error])).values()]
}
