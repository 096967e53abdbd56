import prismMocker from '@stoplight/prism-http/dist/mocker/index.js'
import { findBestHttpContentByMediaType } from '@stoplight/prism-http/dist/mocker/negotiator/InternalHelpers.js'
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
import type { Operation, PrismOperation } from './contract.ts'
import { reasonOf } from './reason.ts'

// The one file that knows Prism. It is called part by part: routing, validation, negotiation, serialization.

export type { IHttpParam as Parameter }

/** A request as Prism takes it. */
export interface PrismRequest {
  /** Lower case. */
  readonly method: string
  readonly url: { readonly path: string; readonly query?: Readonly<Record<string, string | string[]>> }
  readonly headers: Readonly<Record<string, string>>
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

/** The candidate that Prism takes of several that fit a path. */
export function routeAmong<Candidate extends { readonly operation: Operation }>(
  candidates: readonly Candidate[],
  method: string,
  path: string,
): Candidate | undefined {
  const resources = candidates.map(({ operation }) => operation.prism)
  const routed = prismRouter.default({ resources, input: forPrism({ method, url: { path }, headers: {} }) })
  return candidates.find(({ operation }) => routed._tag === 'Right' && routed.right === operation.prism)
}

export function findingsInRequest(declared: PrismOperation, request: PrismRequest): Finding[] {
  const element = forPrism(request)
  const operation = withoutAbsentHeaders(declared, request)
  return narrowed(operation, operation.request.body?.contents, (resource) =>
    findings(() => validateInput({ resource, element })),
  )
}

/** Prism fails where it takes a list or record apart that stands in a header and did not come. */
function withoutAbsentHeaders(operation: PrismOperation, { headers }: PrismRequest): PrismOperation {
  const isAbsent = ({ name, schema }: IHttpParam) =>
    (schema?.type === 'array' || schema?.type === 'object') && headers[name.toLowerCase()] === undefined
  const absent = operation.request.headers.filter(isAbsent).map(({ name }) => name)
  if (absent.length === 0) return operation
  // The same object each time: Prism compiles validators for each that it meets, and keeps them.
  const made = reduced.get(operation) ?? new Map<string, PrismOperation>()
  reduced.set(operation, made)
  const known = made.get(absent.join())
  if (known) return known
  const declared = operation.request.headers.map((header) => (isAbsent(header) ? { ...header, schema: {} } : header))
  const without = { ...operation, request: { ...operation.request, headers: declared } }
  made.set(absent.join(), without)
  return without
}

const reduced = new WeakMap<PrismOperation, Map<string, PrismOperation>>()

export function findingsInResponse(operation: PrismOperation, response: IHttpResponse): Finding[] {
  const contents = operation.responses.flatMap(({ contents }) => contents)
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
  if (!all.some(({ path, code }) => path.length === 1 && path[0] === 'body' && /^(oneOf|anyOf)$/.test(code))) return all
  const count = Math.max(...contents.map(({ schema }) => branchesOf(schema).length))
  const [closest] = Array.from({ length: count }, (_, i) => validate(withBranch(operation, i)))
    .map((found) => ({ found, traits: foreignTraits(found), fields: new Set(found.map(({ path }) => path[1])).size }))
    .sort((a, b) => a.traits - b.traits || a.fields - b.fields)
  return closest && closest.found.length > 0 ? closest.found : all
}

/** How often a body lacks what tells one schema from another: a required field, a constant, one of a few values. */
function foreignTraits(found: readonly Finding[]): number {
  return found.filter(({ path, code }) => path.length <= 2 && /^(required|const|enum)$/.test(code)).length
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
    return [{ path: [], code: 'malformed', message: reasonOf(error) }]
  }
}

type Deserialize = (name: string, values: object, schema: IHttpParam['schema'], explode: boolean) => unknown

// Each takes the values of its own place, which the caller sees to.
const styles = { path, query, header } as Record<string, Record<string, Deserialize>>

/** The value of a parameter as its style spells it: texts, lists of texts, records of texts. */
export function deserialize(place: string, { name, style, schema, explode }: IHttpParam, values: object): unknown {
  try {
    return styles[place]?.[style]?.(name, values, schema, Boolean(explode))
  } catch {
    return undefined
  }
}

/** Prism's answer to a valid request, or its reason for having none. */
export function prismAnswer(operation: IHttpOperation, request: PrismRequest, wish: Wish) {
  try {
    // The types that are acceptable come with the wish alone. Prism asks for a whole pino logger and uses these methods.
    const input = { data: forPrism({ ...request, headers: {} }), validations: [] }
    // Prism goes on with the seed of an earlier answer where it is given none.
    const seed = wish.dynamic ? { seed: wish.seed ?? String(Math.random()) } : {}
    const config = { ...wish, ...seed }
    const made = prismMocker.default({ resource: operation, input, config })(logger as never)
    if (made._tag === 'Left') return reasonFrom(made.left)
    const { statusCode, headers = {}, body } = made.right
    return { status: statusCode, headers, text: String(serialize(body, headers['Content-type']) ?? '') }
  } catch (error) {
    return reasonFrom(error)
  }
}

function reasonFrom(error: unknown) {
  if (error instanceof ProblemJsonError) return { status: error.status, reason: `${error.message}. ${error.detail}` }
  return { status: 500, reason: reasonOf(error) }
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
