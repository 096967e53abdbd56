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
import type { IHttpOperation, IHttpParam, IMediaTypeContent } from '@stoplight/types'
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
  const element = forPrism(request)
  return narrowed(operation, operation.request?.body?.contents, (resource) =>
    findings(() => validateInput({ resource, element })),
  )
}

export function findingsInResponse(operation: IHttpOperation, response: IHttpResponse): Finding[] {
  const contents = operation.responses.flatMap((declared) => declared.contents ?? [])
  return narrowed(operation, contents, (resource) => findings(() => validateOutput({ resource, element: response })))
}

/**
 * Where a body fits none of several schemas, a validator reports what each of them has against it. The findings by the
 * schema that it comes closest to say more.
 */
function narrowed(
  operation: IHttpOperation,
  contents: readonly IMediaTypeContent[] = [],
  validate: (operation: IHttpOperation) => Finding[],
): Finding[] {
  const all = validate(operation)
  if (
    !all.some(
      ({ path: [start, ...rest], code }) =>
        start === 'body' && rest.length === 0 && (code === 'oneOf' || code === 'anyOf'),
    )
  )
    return all
  const count = Math.max(...contents.map(({ schema }) => branchesOf(schema).length))
  const byBranch = Array.from({ length: count }, (_, i) => validate(withBranch(operation, i))).sort(
    (a, b) => a.length - b.length,
  )
  const [closest] = byBranch
  return closest && closest.length > 0 ? closest : all
}

function branchesOf(schema: IMediaTypeContent['schema']) {
  return schema?.oneOf ?? schema?.anyOf ?? []
}

/** The operation as if every body had the schema that stands at this place among its alternatives. */
function withBranch(operation: IHttpOperation, i: number): IHttpOperation {
  const only = (contents: IMediaTypeContent[] = []) =>
    contents.map((content) => {
      const branch = branchesOf(content.schema)[i]
      return typeof branch === 'object' ? { ...content, schema: branch } : content
    })
  const { request, responses } = operation
  return {
    ...operation,
    ...(request?.body && { request: { ...request, body: { ...request.body, contents: only(request.body.contents) } } }),
    responses: responses.map((response) => ({ ...response, contents: only(response.contents) })),
  }
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
