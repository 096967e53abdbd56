import {
  componentName,
  type InBandErrorRule,
  isReference,
  type Operation,
  type Resolve,
  type Schema,
} from '@image-install-queue/contract'

/** A component schema whose values are errors, whatever the status they arrive with. */
export interface InBandError {
  readonly schema: string
  readonly rule: InBandErrorRule
}

/** The members of a union, or the one schema that there is. */
export const members = (schema: Schema, resolve: Resolve): readonly Schema[] => resolve(schema).oneOf ?? [schema]

export const isInBandError = (schema: Schema, resolve: Resolve): boolean =>
  resolve(schema)['x-in-band-error'] !== undefined

/** The errors that an operation can answer with in a body, each once. */
export function inBandErrors({ responses }: Operation, resolve: Resolve): InBandError[] {
  const found = new Map<string, InBandError>()
  for (const { content } of responses.values()) {
    for (const member of content ? members(content['application/json'].schema, resolve) : []) {
      const rule = resolve(member)['x-in-band-error']
      if (rule && isReference(member)) found.set(member.$ref, { schema: componentName(member), rule })
    }
  }
  return [...found.values()]
}
