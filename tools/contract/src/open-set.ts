import type { Schema } from './document.ts'

/** A value of an open set, with its name and meaning. */
export interface KnownValue {
  readonly value: string | number | boolean | null
  readonly name: string | undefined
  readonly meaning: string | undefined
}

/** The known values of an open set; none of a schema that is no such set. */
export const knownValues = (schema: Schema): KnownValue[] =>
  (schema['x-extensible-enum'] ?? []).map((value, index) => ({
    value,
    name: schema['x-enum-varnames']?.[index],
    meaning: schema['x-enum-descriptions']?.[index],
  }))
