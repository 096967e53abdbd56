import type { Reference, Schema } from './document.ts'
import type { Resolve } from './resolve.ts'

/** The property that distinguishes a variant of a `oneOf`: the other variants lack it, or have it with another const. */
export interface Discriminator {
  readonly property: string
  /** Present if another variant has the property too. */
  readonly const?: unknown
}

/** Returns the discriminator of each variant of a union; undefined for one that nothing distinguishes. */
export function discriminators(union: readonly Reference[], resolve: Resolve): (Discriminator | undefined)[] {
  const all = union.map((variant) => flattenObject(variant, resolve))
  return all.map((own) => {
    for (const property of own.required) {
      const value = own.properties.get(property)?.const
      const rivals = all.filter((other) => other !== own && other.properties.has(property))
      if (rivals.length === 0) return { property }
      const others = rivals.map(({ properties }) => properties.get(property)?.const)
      if (value !== undefined && others.every((other) => other !== undefined && other !== value))
        return { property, const: value }
    }
    return undefined
  })
}

interface FlatObject {
  readonly properties: ReadonlyMap<string, Schema>
  readonly required: ReadonlySet<string>
}

/** Returns the properties of an object, with those from its `allOf`. */
export function flattenObject(schema: Schema | Reference, resolve: Resolve): FlatObject {
  const { allOf = [], properties = {}, required = [] } = resolve<Schema>(schema)
  const parts = allOf.map((part) => flattenObject(part, resolve))
  const own = Object.entries(properties).map(([name, property]) => [name, resolve<Schema>(property)] as const)
  return {
    properties: new Map([...parts.flatMap((part) => [...part.properties]), ...own]),
    required: new Set([...parts.flatMap((part) => [...part.required]), ...required]),
  }
}
