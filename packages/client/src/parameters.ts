import type { Operation, Parameter } from './contract.ts'
import { readEnv } from './environment.ts'
import { ConfigurationError } from './errors.ts'
import { broken } from './rules.ts'

export type Values = Readonly<Record<string, unknown>>

/** Values sorted by where they travel. */
export interface Placed {
  readonly path: Record<string, unknown>
  readonly query: Record<string, unknown>
  readonly header: Record<string, unknown>
  readonly body: unknown
}

/** Checks flat parameters against the contract and sorts them. Throws a {@link ConfigurationError} naming the wrong one. */
export function placeParameters(name: string, operation: Operation, given: unknown, options: Values): Placed {
  const wrong = (message: string) => new ConfigurationError(message, name)
  const known = [...operation.parameters.map(keyOf), ...(operation.body ? ['body'] : [])]
  if (given !== undefined && !isRecord(given)) throw wrong(`the parameters must be an object with ${known.join(', ')}`)
  const values = given ?? {}
  for (const key in values) {
    if (!known.includes(key)) throw wrong(`\`${key}\` is not a parameter; there are ${known.join(', ') || 'none'}`)
  }
  const placed: Placed = { path: {}, query: {}, header: {}, body: values.body }
  for (const parameter of operation.parameters) {
    const key = keyOf(parameter)
    const value = values[key] ?? defaultOf(parameter, options)
    if (value === undefined || value === null) {
      if (parameter.required) throw wrong(`\`${key}\` is missing${elsewhere(parameter)}`)
      continue
    }
    const problem = parameter.json ? undefined : (broken(parameter, value) ?? unsendable(parameter, value))
    if (problem) throw wrong(`\`${key}\` ${problem}, but is ${show(value)}`)
    place(placed, parameter, parameter.json ? JSON.stringify(value) : value)
  }
  if (operation.body?.required && values.body === undefined) throw wrong('`body` is missing')
  return placed
}

const keyOf = (parameter: Parameter): string => parameter.as ?? parameter.name

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The client's own value, or the environment's, which is text where the contract may want a number. */
function defaultOf({ option, env, type }: Parameter, options: Values): unknown {
  const own = option && options[option]
  if (own !== undefined && own !== null && own !== '') return own
  const text = readEnv(env)
  if (text === undefined || [type].flat().includes('string')) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const elsewhere = ({ option, env }: Parameter): string =>
  option ? `: give it in the call, as the option \`${option}\`${env ? ` or as ${env}` : ''}` : ''

/** What the contract admits but a request cannot carry. */
function unsendable(parameter: Parameter, value: unknown): string | undefined {
  if (parameter.in === 'path' && /^\.{0,2}$/.test(String(value))) return 'must not be empty, "." or ".."'
  if (parameter.in === 'header' && !/^[\t\x20-\x7e\x80-\xff]*$/.test(String(value))) return 'must fit into a header'
  return undefined
}

function place(placed: Placed, { name, in: where }: Parameter, value: unknown): void {
  if (where === 'path') placed.path[name] = value
  else if (where === 'query') placed.query[name] = value
  else if (where === 'header') placed.header[name] = String(value)
  else {
    const cookies = placed.header.cookie === undefined ? '' : `${placed.header.cookie}; `
    placed.header.cookie = `${cookies}${name}=${encodeURIComponent(String(value))}`
  }
}

/** A wrong value as the caller would write it, cut short. */
function show(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
