import type { Schema } from './document.ts'

/** A value of an extensible enum, with its name and meaning. */
export interface KnownValue {
  readonly value: string | number | boolean | null
  readonly name: string | undefined
  readonly meaning: string | undefined
}

/** Returns the known values of an extensible enum. Empty for any other schema. */
export const knownValues = (schema: Schema): KnownValue[] =>
  (schema['x-extensible-enum'] ?? []).map((value, index) => ({
    value,
    name: schema['x-enum-varnames']?.[index],
    meaning: schema['x-enum-descriptions']?.[index],
  }))
