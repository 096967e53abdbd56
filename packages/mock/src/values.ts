import type { MockOperation, MockScenario, Place } from './contract.ts'
import type { Incoming } from './message.ts'
import type { Parameter } from './prism.ts'
import type { Match } from './route.ts'
import type { Target } from './target.ts'

/** The values of a request as they came, by where they stand. Header names are lower case. */
export interface Values {
  readonly path: Match['pathValues']
  readonly query: Target['query']
  readonly header: Incoming['headers']
}

/** The parameters that the contract has in one place of an operation. */
export const parametersIn = (place: Place, { prism: { request } }: MockOperation): readonly Parameter[] =>
  request[place === 'header' ? 'headers' : place]

/** The text or texts that came for a parameter. */
export const rawValue = (place: Place, name: string, values: Values): string | string[] | undefined =>
  place === 'header' ? values.header[name.toLowerCase()] : values[place][name]

/** The JSON types that a value of the schema may have; empty when any may. */
export function typesOf({ type }: NonNullable<Parameter['schema']> = {}): readonly string[] {
  if (type === undefined) return []
  return Array.isArray(type) ? type : [type]
}

/** The schema of what a list holds. */
export const itemsOf = (schema: Parameter['schema']): Parameter['schema'] =>
  typeof schema?.items === 'object' && !Array.isArray(schema.items) ? schema.items : {}

/** Whether what came for a parameter is the value that a scenario names. */
export function isValue({ name, in: place, value }: MockScenario['parameters'][number], values: Values): boolean {
  const raw = rawValue(place, name, values)
  if (raw === undefined) return false
  // A list may come as one value.
  return isSame(value, Array.isArray(value) && typeof raw === 'string' ? [raw] : raw)
}

/** The leaves of what came are texts, but in a list Prism has by now put numbers and flags in their place. */
function isSame(wanted: unknown, came: unknown): boolean {
  if (Array.isArray(came))
    return Array.isArray(wanted) && wanted.length === came.length && came.every((item, i) => isSame(wanted[i], item))
  return typeof wanted === 'number' ? Number(came) === wanted : `${wanted}` === `${came}`
}
