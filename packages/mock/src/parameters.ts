import type { Operation } from './contract.ts'
import type { Incoming } from './message.ts'
import { deserialize, type Parameter } from './prism.ts'
import type { Match } from './route.ts'
import type { Target } from './target.ts'

/** The raw values of a request, by where they stand. Header names are lower case. */
export interface Values {
  readonly path: Match['pathValues']
  readonly query: Target['query']
  readonly header: Incoming['headers']
}

export const places = ['path', 'query', 'header', 'cookie'] as const
export type Place = (typeof places)[number]

/** The parameters that the contract has in one place of an operation. */
export function parametersIn(place: Place, { prism: { request } }: Operation): readonly Parameter[] {
  return request[place === 'header' ? 'headers' : place]
}

/** The text or texts that came for a parameter. */
export function rawValue(place: Place, { name }: Parameter, values: Values): string | string[] | undefined {
  if (place === 'header') return values.header[name.toLowerCase()]
  if (place !== 'cookie') return values[place][name]
  const cookies = values.header.cookie?.split(/;\s*/) ?? []
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1)
}

/** The JSON types that a value of the schema may have; empty when any may. */
export function typesOf(schema: Parameter['schema']): readonly string[] {
  const type = schema?.type
  return type === undefined ? [] : Array.isArray(type) ? type : [type]
}

/** The value of a parameter, its list or record taken apart as the contract spells it; its parts are texts. */
export function readValue(place: Place, parameter: Parameter, values: Values): unknown {
  const types = typesOf(parameter.schema)
  const isPlain = !(types.includes('array') || types.includes('object') || /^(label|matrix)$/.test(parameter.style))
  if (place === 'cookie' || isPlain) return rawValue(place, parameter, values)
  const name = place === 'header' ? parameter.name.toLowerCase() : parameter.name
  return deserialize(place, { ...parameter, name }, values[place])
}
