import prismMocker from '@stoplight/prism-http/dist/mocker/index.js'
import {
  findBestHttpContentByMediaType,
  findDefaultResponse,
  findResponseByStatusCode,
} from '@stoplight/prism-http/dist/mocker/negotiator/InternalHelpers.js'
import prismRouter from '@stoplight/prism-http/dist/router/index.js'
import {
  type IHttpOperationConfig,
  type IHttpRequest,
  type IHttpResponse,
  ProblemJsonError,
} from '@stoplight/prism-http/dist/types.js'
import { header, path, query } from '@stoplight/prism-http/dist/validator/deserializers/index.js'
import { validateInput, validateOutput } from '@stoplight/prism-http/dist/validator/index.js'
import { serialize } from '@stoplight/prism-http-server/dist/serialize.js'
import type { IHttpOperation, IHttpParam } from '@stoplight/types'
import type { Operation } from './contract.ts'

// The one file that knows Prism. It is called part by part: routing, validation, negotiation, serialization.

export type { IHttpParam as Parameter }

/** A request as Prism takes it. */
export interface PrismRequest {
  /** Lower case. */
  readonly method: string
  readonly url: { readonly path: string; readonly query?: Readonly<Record<string, string | string[]>> }
  readonly headers: Readonly<Record<string, string | undefined>>
  /** A parsed value, or a text. */
  readonly body?: unknown
}

/** What to ask of Prism: a status, the name of an example, random data, acceptable types. */
export type Wish = Omit<IHttpOperationConfig, 'ignoreExamples'>

/** What Prism has against a message. `path` leads from the part of the message to the value. */
export interface Finding {
  readonly path: readonly string[]
  readonly code: string
  readonly message: string
}

/** Prism's type is narrower than what Prism takes: methods of any case, headers that are absent. */
function forPrism(request: PrismRequest): IHttpRequest {
  return request as IHttpRequest
}

const silent = () => {}
const logger = { info: silent, warn: silent, error: silent, debug: silent, success: silent, child: () => logger }

/** The operation that Prism takes of several that fit a path. */
export function routeAmong(operations: readonly Operation[], method: string, path: string): Operation | undefined {
  const resources = operations.map(({ prism }) => prism)
  const routed = prismRouter.default({ resources, input: forPrism({ method, url: { path }, headers: {} }) })
  return routed._tag === 'Right' ? operations.find(({ prism }) => prism === routed.right) : undefined
}

export function findingsInRequest(operation: IHttpOperation, request: PrismRequest): Finding[] {
  return findings(() => validateInput({ resource: operation, element: forPrism(request) }))
}

export function findingsInResponse(operation: IHttpOperation, response: IHttpResponse): Finding[] {
  return findings(() => validateOutput({ resource: operation, element: response }))
}

function findings(validate: () => ReturnType<typeof validateInput> | ReturnType<typeof validateOutput>): Finding[] {
  try {
    const validated = validate()
    if (validated._tag === 'Right') return []
    return validated.left.map(({ path = [], code, message }) => ({ path, code: String(code ?? ''), message }))
  } catch (error) {
    // Prism throws where it meets a text that it cannot take apart, such as a media type without a slash.
    return [{ path: [], code: 'malformed', message: error instanceof Error ? error.message : String(error) }]
  }
}

/** The value of a parameter as its style spells it: texts, lists of texts, records of texts. */
export function deserialize(
  place: string,
  parameter: IHttpParam,
  values: Readonly<Record<string, string | string[] | undefined>>,
): unknown {
  const styles: Record<string, unknown> = place === 'query' ? query : place === 'path' ? path : header
  const style = styles[parameter.style ?? 'simple']
  try {
    return typeof style === 'function'
      ? style(parameter.name, values, parameter.schema, parameter.explode ?? false)
      : undefined
  } catch {
    return undefined
  }
}

/** Prism's answer to a valid request, or its reason for having none. */
export function prismAnswer(operation: IHttpOperation, request: PrismRequest, wish: Wish) {
  try {
    // The types that are acceptable come with the wish alone. Prism asks for a whole pino logger and uses these methods.
    const input = { data: forPrism({ ...request, headers: {} }), validations: [] }
    const made = prismMocker.default({ resource: operation, input, config: { ...wish } })(logger as never)
    if (made._tag === 'Left') return reasonFrom(made.left)
    const { statusCode, headers = {}, body } = made.right
    const text = serialize(body, headers['Content-type'])
    return { status: statusCode, headers, text: text === undefined ? undefined : String(text) }
  } catch (error) {
    return reasonFrom(error)
  }
}

function reasonFrom(error: unknown) {
  if (error instanceof ProblemJsonError) return { status: error.status, reason: `${error.message}. ${error.detail}` }
  return { status: 500, reason: error instanceof Error ? error.message : String(error) }
}

/** The media types of the response with this status. */
export function typesOffered(operation: IHttpOperation, code: number): readonly string[] {
  const found = findResponseByStatusCode(operation.responses, code)
  const response = found._tag === 'Some' ? found : findDefaultResponse(operation.responses, code)
  return response._tag === 'Some' ? (response.value.contents ?? []).map(({ mediaType }) => mediaType) : []
}

/** The first of the offered types that an `Accept` header likes best; undefined when it likes none. */
export function acceptableType(offered: readonly string[], accept: string): string | undefined {
  try {
    const contents = offered.map((mediaType) => ({ id: mediaType, mediaType }))
    const best = findBestHttpContentByMediaType(contents, accept.split(','))
    return best._tag === 'Some' ? best.value.mediaType : undefined
  } catch {
    return undefined
  }
}
