import type { Contract, Option } from './contract.ts'
import { readEnv } from './environment.ts'
import { ConfigurationError } from './errors.ts'
import type { BaseClientOptions } from './options.ts'
import { attempt } from './values.ts'

/** What is known when a client is made. */
export interface Configuration {
  readonly contract: Contract
  /** Without a prototype: what the contract names is an option only if it was given. */
  readonly options: BaseClientOptions & Readonly<Record<string, unknown>>
}

/** What is wrong with a call before it is sent, a sentence each. */
export type Problems = string[]

/** A value from the options, else from the environment. */
export const lookup = ({ options }: Configuration, { option, env }: Option): unknown => options[option] ?? readEnv(env)

/** The ways to give a value, for messages. */
export const label = ({ option, env }: Partial<Option>): string => `\`${option}\`${env ? ` (or ${env})` : ''}`

/** Refuses to send anything, with all that is wrong at once. */
export function refuse(operation: string, problems: readonly string[], cause?: { cause: unknown }): never {
  const message = problems.length > 1 ? ['several things are wrong', ...problems].join('\n- ') : `${problems[0]}`
  throw new ConfigurationError(message, { operation, problems, ...cause })
}

/** A wrong value as the caller would write it, cut short. */
export function show(value: unknown): string {
  const isText = typeof value === 'string' || typeof value === 'object'
  const text = attempt(() => (isText ? JSON.stringify(value) : String(value)))
  return text?.replace(/^(.{60}).+$/s, '$1…') ?? 'an object'
}
