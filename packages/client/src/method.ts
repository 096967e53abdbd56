import type { Call, CallOptions } from './options.ts'

/** The part of an operation of openapi-typescript that is used here. */
interface Described {
  readonly parameters: object
  readonly requestBody?: unknown
  readonly responses: object
}

/** The parameters of one place. `unknown` if there are none, so that an intersection ignores it. */
type In<Parameters, Place extends string> = Place extends keyof Parameters
  ? [NonNullable<Parameters[Place]>] extends [never]
    ? unknown
    : NonNullable<Parameters[Place]>
  : unknown

type Json<Content> = Content extends { readonly content: { readonly 'application/json': infer Body } }
  ? Body
  : undefined

/** The body as a parameter, required if the operation requires it. */
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

/** Parameters of an operation by name, whatever their place. Parameters with a client option are optional. */
export type ParametersOf<O extends Described, Defaulted extends string = never> = Flat<
  { readonly [K in keyof Given<O> as K extends Defaulted | Optional<Given<O>> ? never : K]: Given<O>[K] } & {
    readonly [K in keyof Given<O> as K extends Defaulted | Optional<Given<O>> ? K : never]?: Given<O>[K] | undefined
  }
>

type Flat<T> = { [K in keyof T]: T[K] }

/** The result of an operation. An error that arrives with a success status is thrown instead. */
export type ResultOf<O extends Described, InBandError = never> = Exclude<Success<O['responses']>, InBandError>

type Success<Responses> = {
  [Status in keyof Responses]: `${Status & (string | number)}` extends `2${string}` ? Json<Responses[Status]> : never
}[keyof Responses]

/** The method of an operation. The parameters can be omitted if none is required. */
export type Method<O extends Described, Defaulted extends string = never, InBandError = never> =
  Record<never, never> extends ParametersOf<O, Defaulted>
    ? (parameters?: ParametersOf<O, Defaulted>, options?: CallOptions) => Call<ResultOf<O, InBandError>>
    : (parameters: ParametersOf<O, Defaulted>, options?: CallOptions) => Call<ResultOf<O, InBandError>>
