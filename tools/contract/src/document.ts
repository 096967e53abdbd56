/** The nodes of a contract, as `profile/profile.yaml` accepts them. */

export type Evidence = 'documented' | 'observed' | 'inferred' | 'assumed'

export interface Reference {
  readonly $ref: string
}

export interface Document {
  readonly openapi: string
  readonly info: Info
  /** At least one. */
  readonly servers: readonly Server[]
  readonly security?: readonly SecurityRequirement[]
  readonly tags?: readonly { readonly name: string; readonly description?: string }[]
  readonly externalDocs?: Link
  readonly paths: Readonly<Record<string, PathItem>>
  readonly components?: Components
}

export interface Info {
  readonly title: string
  /** Three numbers. */
  readonly version: string
  readonly summary?: string
  readonly description?: string
  readonly contact?: { readonly name?: string; readonly url?: string; readonly email?: string }
  readonly license?: { readonly name: string; readonly identifier?: string; readonly url?: string }
  readonly 'x-client'?: { readonly baseUrl?: ClientOption }
}

export interface Server {
  /** Scheme and host, without a path or a slash at the end. */
  readonly url: string
  readonly description?: string
}

export interface Link {
  readonly url: string
  readonly description?: string
}

/** An option of the client. */
export interface ClientOption {
  readonly option: string
  readonly env?: string
  readonly requires?: string
}

/** One scheme by name, or none. */
export type SecurityRequirement = Readonly<Record<string, readonly []>>

export interface Components {
  readonly schemas?: Readonly<Record<string, Schema>>
  readonly parameters?: Readonly<Record<string, ParameterNode>>
  readonly responses?: Readonly<Record<string, ResponseNode>>
  readonly securitySchemes?: Readonly<Record<string, SecurityScheme>>
}

export interface SecurityScheme {
  readonly type: 'http'
  readonly scheme: 'basic' | 'bearer'
  readonly description?: string
  readonly 'x-evidence'?: Evidence
  readonly 'x-client'?: {
    readonly username?: ClientOption
    readonly password?: ClientOption
    readonly token?: ClientOption
  }
}

export const methods = ['get', 'post', 'put', 'patch', 'delete'] as const
export type Method = (typeof methods)[number]

export type PathItem = { readonly parameters?: readonly (ParameterNode | Reference)[] } & {
  readonly [method in Method]?: OperationNode
}

export interface OperationNode {
  /** The name of the client's method, in camelCase. */
  readonly operationId: string
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly externalDocs?: Link
  readonly deprecated?: boolean
  readonly security?: readonly SecurityRequirement[]
  readonly parameters?: readonly (ParameterNode | Reference)[]
  readonly requestBody?: RequestBodyNode
  readonly responses: Readonly<Record<string, ResponseNode | Reference>>
  readonly 'x-state-changing': boolean
  /** The operation that shows whether a call with an unknown outcome was carried out. */
  readonly 'x-lookup-operation'?: string
  readonly 'x-evidence'?: Evidence
}

export interface ParameterNode {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly description?: string
  readonly deprecated?: boolean
  readonly schema: Schema
  readonly examples?: Readonly<Record<string, ExampleNode>>
  readonly 'x-client'?: ClientOption
  readonly 'x-evidence'?: Evidence
}

export interface ExampleNode {
  readonly value: unknown
  /** Only on examples of responses. */
  readonly summary?: string
  /** The example that the same request gets the next time. */
  readonly 'x-next'?: string
}

export interface RequestBodyNode {
  readonly description?: string
  readonly required?: boolean
  readonly content: JsonContent
  readonly 'x-evidence'?: Evidence
}

export interface ResponseNode {
  readonly description: string
  readonly headers?: Readonly<Record<string, HeaderNode>>
  readonly content?: JsonContent
  readonly 'x-evidence'?: Evidence
  readonly 'x-outcome'?: OutcomeNode
}

/** How an error with this status affects the request, and what to do next. */
export interface OutcomeNode {
  readonly is: 'rejected' | 'unknown'
  readonly evidence: Evidence
  readonly advice: string
}

export interface HeaderNode {
  readonly description?: string
  readonly required?: boolean
  readonly deprecated?: boolean
  readonly schema: Schema
  readonly 'x-evidence'?: Evidence
}

export interface JsonContent {
  readonly 'application/json': {
    readonly schema: Schema
    readonly examples?: Readonly<Record<string, ExampleNode>>
  }
}

export type PlainType = 'string' | 'integer' | 'number' | 'boolean' | 'null'

/** A schema of any kind. The profile distinguishes the kinds by their first keyword. */
export interface Schema {
  readonly $ref?: string
  readonly title?: string
  readonly description?: string
  readonly deprecated?: boolean
  readonly examples?: readonly unknown[]
  readonly type?: PlainType | 'object' | 'array' | readonly PlainType[]
  readonly const?: string | number | boolean
  readonly enum?: readonly (string | number | boolean | null)[]
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly format?: string
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Schema
  readonly allOf?: readonly Schema[]
  /** References to objects that a discriminator distinguishes. */
  readonly oneOf?: readonly Reference[]
  /** A schema, and null. */
  readonly anyOf?: readonly [Schema, Schema]
  readonly 'x-evidence'?: Evidence
  readonly 'x-extensible-enum'?: readonly (string | number | boolean | null)[]
  readonly 'x-enum-varnames'?: readonly string[]
  readonly 'x-enum-descriptions'?: readonly string[]
  readonly 'x-in-band-error'?: InBandErrorRule
}

/** The condition that makes a body an error, whatever its status, and the names of its fields. */
export interface InBandErrorRule {
  /** A body is an error if it has all values of one of these. */
  readonly when: readonly Readonly<Record<string, string | number | boolean | null>>[]
  readonly code?: string
  readonly message?: string
  readonly messages?: string
}
