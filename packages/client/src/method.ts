import type { Call, CallOptions } from './options.ts'

/** What openapi-typescript prints for an operation, as far as it is looked at. */
interface Described {
  readonly parameters: object
  readonly requestBody?: unknown
  readonly responses: object
}

/** The parameters of one place; of none, nothing to add. */
type In<Parameters, Place extends string> = Place extends keyof Parameters
  ? [NonNullable<Parameters[Place]>] extends [never]
    ? unknown
    : NonNullable<Parameters[Place]>
  : unknown

type Json<Content> = Content extends { readonly content: { readonly 'application/json': infer Body } }
  ? Body
  : undefined

/** The body, beside the parameters: required where the operation requires it. */
type BodyOf<O> = O extends { readonly requestBody: infer Body }
  ? { body: Json<Body> }
  : O extends { readonly requestBody?: infer Body }
    ? [NonNullable<Body>] extends [never]
      ? unknown
      : { body?: Json<NonNullable<Body>> }
    : unknown

type Given<O extends Described> = In<O['parameters'], 'path'> &
  In<O['parameters'], 'query'> &
  In<O['parameters'], 'header'> &
  BodyOf<O>

type Optional<T> = { [K in keyof T]-?: T extends Record<K, T[K]> ? never : K }[keyof T]

/** Parameters of an operation by name, wherever they travel. Those that the client may have a default for can be left out. */
export type ParametersOf<O extends Described, Defaulted extends string = never> = Flat<
  { readonly [K in keyof Given<O> as K extends Defaulted | Optional<Given<O>> ? never : K]: Given<O>[K] } & {
    readonly [K in keyof Given<O> as K extends Defaulted | Optional<Given<O>> ? K : never]?: Given<O>[K] | undefined
  }
>

type Flat<T> = { [K in keyof T]: T[K] }

/** What an operation answers with when it succeeds; an error that arrives with a success status is thrown. */
export type ResultOf<O extends Described, InBandError = never> = Exclude<Success<O['responses']>, InBandError>

type Success<Responses> = {
  [Status in keyof Responses]: `${Status & (string | number)}` extends `2${string}` ? Json<Responses[Status]> : never
}[keyof Responses]

/** The method of an operation. Without anything that must be given, it takes nothing. */
export type Method<O extends Described, Defaulted extends string = never, InBandError = never> =
  Record<never, never> extends ParametersOf<O, Defaulted>
    ? (parameters?: ParametersOf<O, Defaulted>, options?: CallOptions) => Call<ResultOf<O, InBandError>>
    : (parameters: ParametersOf<O, Defaulted>, options?: CallOptions) => Call<ResultOf<O, InBandError>>
