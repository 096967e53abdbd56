import { type Context, label, refuse } from './context.ts'
import type { Parameter } from './contract.ts'
import { readEnv } from './environment.ts'

/** Values sorted by where they travel. */
export interface Placed {
  path: Record<string, unknown>
  query: Record<string, unknown>
  header?: Record<string, unknown>
  readonly body: unknown
}

/** Checks flat parameters against the contract and sorts them. */
export function placeParameters(call: Context, given: Readonly<Record<string, unknown>>): Placed {
  const { parameters, body } = call.operation
  const placed: Placed = { path: {}, query: {}, body: given.body }
  for (const parameter of parameters) {
    const { name, as: key = name, option, env, check } = parameter
    const own = given[key] ?? (option && call.options[option])
    const text = own === undefined ? readEnv(env) : undefined
    const value = own ?? fromEnvironment(parameter, text)
    const problem = value === undefined ? parameter.required && 'is missing' : check?.(value)
    if (problem) {
      const elsewhere = option ? `; it can also be the client's option ${label(parameter)}` : ''
      const found = text === undefined ? `is ${show(value)}` : `${env} is ${show(text)}`
      refuse(call, `\`${key}\` ${problem}${value === undefined ? elsewhere : `, but ${found}`}`)
    }
    const written = value === undefined ? undefined : write(call, parameter, value)
    if (written === undefined) continue
    const place = placed[parameter.in] ?? {}
    placed[parameter.in] = place
    // Cookies share one header; nothing else shares a place and a name.
    place[name] = Object.hasOwn(place, name) ? `${place[name]}; ${written}` : written
  }
  if (body?.required && given.body === undefined) refuse(call, '`body` is missing')
  return placed
}

/** The value as it travels, where it does not travel as it is. */
function write(call: Context, { name, as: key = name, write }: Parameter, value: unknown): unknown {
  if (!write) return value
  try {
    return write(value)
  } catch {
    return refuse(call, `\`${key}\` cannot be written as part of a request, but is ${show(value)}`)
  }
}

/** The environment has text, where the contract may want a number. */
function fromEnvironment({ read }: Parameter, text: string | undefined): unknown {
  try {
    return text && read ? read(text) : text
  } catch {
    return text
  }
}

/** A wrong value as the caller would write it, cut short. */
export function show(value: unknown): string {
  const isText = typeof value === 'string' || typeof value === 'object'
  try {
    return (isText ? JSON.stringify(value) : String(value)).replace(/^(.{60}).+$/s, '$1…')
  } catch {
    return 'an object'
  }
}
