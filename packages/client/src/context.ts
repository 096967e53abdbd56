import type { Contract, Operation, Source } from './contract.ts'
import { readEnv } from './environment.ts'
import { ConfigurationError } from './errors.ts'
import type { Settings } from './options.ts'
import type { Runtime } from './runtime.ts'

/** What all parts of one call share. */
export interface Context {
  readonly name: string
  readonly operation: Operation
  readonly contract: Contract
  readonly options: Settings & Readonly<Record<string, unknown>>
  readonly runtime: Runtime
}

/** What is enough to find out where to send to and who sends. */
export type Caller = Pick<Context, 'name' | 'contract' | 'options'>

export function refuse({ name }: Caller, message: string, cause?: { cause: unknown }): never {
  throw new ConfigurationError(message, { operation: name, ...cause })
}

/** A value from the options, else from the environment. */
export const lookup = ({ options }: Caller, { option, env }: Source): unknown => options[option] ?? readEnv(env)

/** The ways to give a value, for messages. */
export const label = ({ option, env }: Partial<Source>): string => `\`${option}\`${env ? ` (or ${env})` : ''}`
