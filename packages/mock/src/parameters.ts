import type { MockOperation, MockScenario, Place } from './contract.ts'
import { places } from './contract.ts'
import type { MockRequest } from './message.ts'
import type { Parameter } from './prism.ts'
import type { Match, Target } from './route.ts'

/** The parameter values of a request as received, by location. Header names are lower case. */
export interface Values {
  readonly path: Match['pathValues']
  readonly query: Target['query']
  readonly header: MockRequest['headers']
}

/** The parameters that an operation declares in one location. */
export const parametersIn = (place: Place, { prism: { request } }: MockOperation): readonly Parameter[] =>
  request[place === 'header' ? 'headers' : place]

/** The string or strings received for a parameter. */
export const rawValue = (place: Place, name: string, values: Values): string | string[] | undefined =>
  place === 'header' ? values.header[name.toLowerCase()] : values[place][name]

/** The JSON types that a schema allows; empty if it allows any. */
export function typesOf({ type }: NonNullable<Parameter['schema']> = {}): readonly string[] {
  if (type === undefined) return []
  return Array.isArray(type) ? type : [type]
}

/** The schema of a list's items. */
export const itemsOf = (schema: Parameter['schema']): Parameter['schema'] =>
  typeof schema?.items === 'object' && !Array.isArray(schema.items) ? schema.items : {}

/** The declared parameters of a request by name, with numbers and flags as such where the schema has them. */
export function parameterValues(operation: MockOperation, values: Values): Record<string, unknown> {
  const entries = places.flatMap((place) =>
    parametersIn(place, operation).flatMap(({ name, schema }): [string, unknown][] => {
      const raw = rawValue(place, name, values)
      return raw === undefined ? [] : [[name, typedValue(raw, schema)]]
    }),
  )
  return Object.fromEntries(entries)
}

function typedValue(raw: string | string[], schema: Parameter['schema']): unknown {
  const types = typesOf(schema)
  if (types.includes('array')) return [raw].flat().map((item) => typedValue(item, itemsOf(schema)))
  if (typeof raw !== 'string') return raw
  if (types.includes('boolean') && (raw === 'true' || raw === 'false')) return raw === 'true'
  const isNumeric = types.includes('integer') || types.includes('number')
  return isNumeric && `${Number(raw)}` === raw ? Number(raw) : raw
}

/** Whether a parameter of a request has the value that a scenario names. */
export function isValue({ name, in: place, value }: MockScenario['parameters'][number], values: Values): boolean {
  const raw = rawValue(place, name, values)
  if (raw === undefined) return false
  // A list may be sent as one value.
  return isSame(value, Array.isArray(value) && typeof raw === 'string' ? [raw] : raw)
}

/** Received values are strings, but Prism replaces items of lists by numbers and flags. */
function isSame(wanted: unknown, received: unknown): boolean {
  if (Array.isArray(received))
    return (
      Array.isArray(wanted) && wanted.length === received.length && received.every((item, i) => isSame(wanted[i], item))
    )
  return typeof wanted === 'number' ? Number(received) === wanted : `${wanted}` === `${received}`
}
