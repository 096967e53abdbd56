import type { InBandErrorRule, ResponseNode, Schema } from './document.ts'
import type { Operation } from './operations.ts'
import { componentName, isReference, type Resolve } from './resolve.ts'

/** A component schema whose values are errors, whatever their status. */
export interface InBandError {
  readonly schema: string
  readonly rule: InBandErrorRule
}

export const isInBandError = (schema: Schema, resolve: Resolve): boolean =>
  resolve(schema)['x-in-band-error'] !== undefined

/** Returns the errors that the body of a response can be. */
export function inBandErrorsIn({ content }: ResponseNode, resolve: Resolve): InBandError[] {
  const schema: Schema = content?.['application/json'].schema ?? {}
  return (resolve(schema).oneOf ?? [schema]).flatMap((variant) => {
    const rule = resolve<Schema>(variant)['x-in-band-error']
    return rule && isReference(variant) ? [{ schema: componentName(variant), rule }] : []
  })
}

/** Returns the errors that the bodies of an operation can be, each once. */
export function inBandErrors({ responses }: Operation, resolve: Resolve): InBandError[] {
  const all = [...responses.values()].flatMap((response) => inBandErrorsIn(response, resolve))
  return [...new Map(all.map((error) => [error.schema, error])).values()]
}
