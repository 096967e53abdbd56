import type { Scheme } from './auth.ts'
import type { Placed } from './parameters.ts'
import type { Policy } from './retry.ts'
import type { Check } from './rules.ts'

/**
 * What the runtime knows of a contract. It is generated: data, and the parts of the runtime that this contract needs, so
 * that a bundle carries no other. Nothing of one certain API is written by hand.
 */
export interface Contract {
  readonly userAgent: string
  /** Absolute addresses, the default first. */
  readonly servers: readonly string[]
  readonly baseUrl: Source
  /** What `http` identifies itself with. */
  readonly security: Security
  readonly operations: Readonly<Record<string, Operation>>
}

/** Alternatives, each a list of schemes that are needed together; those with the fewest come first. */
export type Security = readonly (readonly Scheme[])[]

/** Where a value comes from when it is not given in the call. */
export interface Source {
  readonly option: string
  readonly env?: string
  /** An option that must be given too. */
  readonly requires?: string
}

export interface Operation {
  readonly method: string
  readonly path: string
  readonly policy: Policy
  readonly parameters: readonly Parameter[]
  /** Writes path and query where values are lists or objects, or have styles. */
  readonly url?: WriteUrl
  readonly body?: Body
  readonly security: Security
  /** Top-level types of the body by status; none means that there is no body. */
  readonly success: Readonly<Record<string, readonly string[]>>
  readonly inBandErrors: readonly InBandError[]
  readonly docs?: string
}

export type WriteUrl = (path: string, values: Pick<Placed, 'path' | 'query'>) => string

export interface Parameter extends Partial<Source> {
  readonly name: string
  /** Its name among the flat parameters, if that is another. */
  readonly as?: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly check?: Check
  /** Makes a value of the environment's text. */
  readonly read?: (text: string) => unknown
  /** Makes text of a value. */
  readonly write?: (value: unknown) => string
}

export interface Body {
  /** Its content type, unless the runtime writes that. */
  readonly type?: string
  readonly required?: boolean
  /** Writes what is not JSON. */
  readonly write?: (value: unknown) => unknown
}

/** How to recognise an error whatever its status, and the names of its fields. */
export interface InBandError {
  /** An answer is an error when it has all values of one entry. */
  readonly when: readonly Readonly<Record<string, unknown>>[]
  readonly code?: string
  readonly message?: string
  /** What the error carries on. */
  readonly fields: readonly string[]
}
