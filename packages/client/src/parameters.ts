import { type Context, label, refuse } from './context.ts'
import type { Parameter } from './contract.ts'
import { readEnv } from './environment.ts'

/** Values sorted by where they travel. */
export interface Placed {
  readonly path: Record<string, unknown>
  readonly query: Record<string, unknown>
  readonly header: Record<string, unknown>
  readonly body: unknown
}

/** Checks flat parameters against the contract and sorts them. */
export function placeParameters(call: Context, given: Readonly<Record<string, unknown>>): Placed {
  const { parameters, body } = call.operation
  const placed: Placed = { path: {}, query: {}, header: {}, body: given.body }
  for (const parameter of parameters) {
    const { name, as: key = name, option, env, check, write } = parameter
    const own = given[key] ?? (option && call.options[option])
    const text = own === undefined ? readEnv(env) : undefined
    const value = own ?? fromEnvironment(parameter, text)
    const problem = value === undefined ? parameter.required && 'is missing' : check?.(value)
    if (problem) {
      const elsewhere = option ? `; it can also be the client's option ${label(parameter)}` : ''
      const found = text === undefined ? `is ${show(value)}` : `${env} is ${show(text)}`
      refuse(call, `\`${key}\` ${problem}${value === undefined ? elsewhere : `, but ${found}`}`)
    }
    if (value === undefined) continue
    const before = placed[parameter.in][name]
    const written = write ? write(value) : value
    // Cookies share one header; nothing else shares a place and a name.
    placed[parameter.in][name] = before === undefined ? written : `${before}; ${written}`
  }
  if (body?.required && given.body === undefined) refuse(call, '`body` is missing')
  return placed
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
