import type { Schema } from './document.ts'

/** Returns the known values of an extensible enum, each with its name and meaning. Empty for any other schema. */
export const knownValues = (schema: Schema) =>
  (schema['x-extensible-enum'] ?? []).map((value, index) => ({
    value,
    name: schema['x-enum-varnames']?.[index],
    meaning: schema['x-enum-descriptions']?.[index],
  }))
