/** What the runtime knows of a contract: data, which is generated. Nothing of one certain API is written by hand. */
export interface Contract {
  readonly userAgent: string
  /** Origins, the default first. */
  readonly servers: readonly string[]
  readonly baseUrl: Option
  readonly securitySchemes: Readonly<Record<string, SecurityScheme>>
  /** What `http` identifies itself with. */
  readonly security: Security
  readonly operations: readonly OperationEntry[]
}

/** Where a value comes from when it is not given in the call. */
export interface Option {
  readonly option: string
  readonly env?: string
  /** An option that must be given too. */
  readonly requires?: string
}

export interface SecurityScheme {
  readonly scheme: 'basic' | 'bearer'
  /** User name and password, or a token. */
  readonly secrets: readonly Option[]
}

/** Names of schemes, any of which will do; null among them: nothing is asked for. */
export type Security = readonly (string | null)[]

export interface OperationEntry {
  /** That of its method. */
  readonly name: string
  readonly method: string
  readonly path: string
  readonly isStateChanging: boolean
  /** The method that shows whether a call with an unknown outcome was carried out. */
  readonly lookupOperation?: string
  readonly parameters: readonly ParameterEntry[]
  readonly body?: { readonly required: boolean }
  readonly security: Security
  /** What a body is by success status. */
  readonly success: Readonly<Record<string, 'object' | 'array' | 'nothing'>>
  /** What an error means for the request, by status or `default`. */
  readonly outcomes?: Readonly<Record<string, 'rejected' | 'unknown'>>
  readonly inBandErrors: readonly InBandError[]
  readonly docs?: string
}

export interface ParameterEntry extends Partial<Option> {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly schema: PlainSchema
}

/** What a plain value is, or a list of those. */
export interface PlainSchema {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly minItems?: number
  readonly maxItems?: number
  readonly items?: PlainSchema
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
