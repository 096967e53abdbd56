/** What the runtime knows of a contract: plain data, generated. Nothing of one certain API is written by hand. */
export interface Contract {
  readonly userAgent: string
  /** Absolute addresses, the default first. */
  readonly servers: readonly string[]
  readonly baseUrl: Source
  readonly schemes: Readonly<Record<string, Scheme>>
  readonly operations: Readonly<Record<string, Operation>>
}

/** Where a value comes from when it is not given in the call. */
export interface Source {
  readonly option: string
  readonly env?: string
  /** An option that must be given too. */
  readonly requires?: string
}

export interface Scheme {
  readonly type: 'basic' | 'bearer' | 'apiKey'
  readonly header: string
  readonly values: readonly Source[]
}

export interface Operation {
  readonly method: string
  readonly path: string
  /** Decides about retries; the method does not. */
  readonly stateChanging: boolean
  readonly parameters: readonly Parameter[]
  readonly body?: { readonly type: string; readonly required: boolean }
  /** Alternatives, each a list of schemes needed together. */
  readonly security: readonly (readonly string[])[]
  /** Top-level types of the body by status; none means that there is no body. */
  readonly success: Readonly<Record<string, readonly string[]>>
  readonly inBandErrors: readonly InBandError[]
  readonly docs?: string
}

export interface Parameter extends Rule, Partial<Source> {
  readonly name: string
  /** Its name among the flat parameters, if that is another. */
  readonly as?: string
  readonly in: string
  readonly required?: boolean
  readonly style?: string
  readonly explode?: boolean
  /** The value travels as JSON text. */
  readonly json?: boolean
}

/** The assertions of JSON Schema about one value, without those that lead to other schemas. */
export interface Rule {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly multipleOf?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly minItems?: number
  readonly maxItems?: number
}

/** How to recognise an error whatever its status, and the names of its fields. */
export interface InBandError {
  /** An answer is an error when it has all values of one entry. */
  readonly when: readonly Readonly<Record<string, unknown>>[]
  readonly code?: string
  readonly message?: string
  readonly messages?: string
}
