/** A contract as data for the runtime. It is generated; no code is written for one API. */
export interface Contract {
  readonly userAgent: string
  /** Origins, the default first. */
  readonly servers: readonly string[]
  readonly baseUrl: Option
  readonly securitySchemes: Readonly<Record<string, SecurityScheme>>
  /** The schemes for the own requests of `http`. */
  readonly security: Security
  readonly operations: readonly OperationEntry[]
}

/** The client option for a value, and the environment variable that replaces it. */
export interface Option {
  readonly option: string
  readonly env?: string
  /** An option that must be set too. */
  readonly requires?: string
}

export interface SecurityScheme {
  readonly scheme: 'basic' | 'bearer'
  /** User name and password, or a token. */
  readonly secrets: readonly Option[]
}

/** Alternative schemes by name. Null among them: credentials are optional. */
export type Security = readonly (string | null)[]

export interface OperationEntry {
  /** The name of the method. */
  readonly name: string
  readonly method: string
  readonly path: string
  readonly isStateChanging: boolean
  /** The method that shows whether a call with an unknown outcome was carried out. */
  readonly lookupOperation?: string
  readonly parameters: readonly ParameterEntry[]
  readonly body?: { readonly required: boolean }
  readonly security: Security
  /** The type of the body by success status. */
  readonly success: Readonly<Record<string, 'object' | 'array' | 'nothing'>>
  /** Fields that only a result has. Absent if an object without any of them can be a result. */
  readonly resultFields?: readonly string[]
  /** The outcome of an error by status or `default`. */
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

/** The schema of a plain value, or of a list of those. */
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

/** How to recognize an error whatever its status, and the names of its fields. */
export interface InBandError {
  /** A body is an error if it has all values of one entry. Booleans may be written as 1, 0 or strings. */
  readonly when: readonly Readonly<Record<string, unknown>>[]
  readonly code?: string
  readonly message?: string
  /** The fields that `ApiError` copies. */
  readonly fields: readonly string[]
}
