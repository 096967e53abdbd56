import prismMocker from '@stoplight/prism-http/dist/mocker/index.js'
import { findBestHttpContentByMediaType } from '@stoplight/prism-http/dist/mocker/negotiator/InternalHelpers.js'
import prismRouter from '@stoplight/prism-http/dist/router/index.js'
import {
  type IHttpOperationConfig,
  type IHttpRequest,
  type IHttpResponse,
  ProblemJsonError,
} from '@stoplight/prism-http/dist/types.js'
import { validateInput, validateOutput } from '@stoplight/prism-http/dist/validator/index.js'
import type { IHttpOperation, IHttpParam, IMediaTypeContent } from '@stoplight/types'
import type { MockOperation, PrismOperation } from './contract.ts'
import { reasonOf } from './message.ts'

// The one file that knows Prism. It is called part by part: routing, validation, negotiation.

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

/** What to ask of Prism: a status, the name of an example, random data. */
export type Wish = Omit<IHttpOperationConfig, 'ignoreExamples' | 'mediaTypes'>

/** What Prism has against a message. `path` leads from the part of the message to the value. */
export interface Finding {
  readonly path: readonly string[]
  /** The keyword that is broken. */
  readonly keyword: string
  readonly message: string
}

/** Prism's type is narrower than what Prism takes: methods of any case, headers that are absent. */
const forPrism = (request: PrismRequest): IHttpRequest => request as IHttpRequest

const silent = () => {}
const logger = { info: silent, warn: silent, error: silent, debug: silent, success: silent, child: () => logger }

/** The operation that Prism takes for a path. */
export function routed(operations: readonly MockOperation[], method: string, path: string): MockOperation | undefined {
  const resources = operations.map(({ prism }) => prism)
  const found = prismRouter.default({ resources, input: forPrism({ method, url: { path }, headers: {} }) })
  return operations.find(({ prism }) => found._tag === 'Right' && found.right === prism)
}

export const findingsInRequest = (operation: PrismOperation, request: PrismRequest): Finding[] =>
  narrowed(operation, operation.request.body?.contents, (resource) =>
    findings(() => validateInput({ resource, element: forPrism(request) })),
  )

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
  if (!all.some(({ path, keyword }) => path.length === 1 && path[0] === 'body' && keyword === 'oneOf')) return all
  const count = Math.max(...contents.map(({ schema }) => schema?.oneOf?.length ?? 0))
  const [closest] = Array.from({ length: count }, (_, i) => validate(withMember(operation, i)))
    .map((found) => ({ found, traits: foreignTraits(found), fields: new Set(found.map(({ path }) => path[1])).size }))
    .sort((a, b) => a.traits - b.traits || a.fields - b.fields)
  return closest && closest.found.length > 0 ? closest.found : all
}

/** How often a body lacks what tells one schema from another: a required field of its own, a constant in one. */
const foreignTraits = (found: readonly Finding[]): number =>
  found.filter(({ path, keyword }) => /^(1 required|2 const|2 enum)$/.test(`${path.length} ${keyword}`)).length

/** The operation as if every body had the schema that stands at this place among its alternatives. */
function withMember(operation: IHttpOperation, i: number): IHttpOperation {
  const only = (contents: IMediaTypeContent[] = []) =>
    contents.map((content) => {
      const member = content.schema?.oneOf?.[i]
      return typeof member === 'object' ? { ...content, schema: member } : content
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
    return validated.left.map(({ path = [], code, message }) => ({ path, keyword: `${code ?? ''}`, message }))
  } catch (error) {
    // Prism throws where it meets a text that it cannot take apart, such as a media type without a slash.
    return [{ path: [], keyword: 'malformed', message: reasonOf(error) }]
  }
}

/** Prism's answer to a valid request, or its reason for having none. */
export function prismReply(operation: PrismOperation, request: PrismRequest, wish: Wish) {
  try {
    // Prism asks for a whole pino logger and uses these methods. Headers would make it negotiate what we have chosen.
    const input = { data: forPrism({ ...request, headers: {} }), validations: [] }
    const made = prismMocker.default({ resource: operation, input, config: wish })(logger as never)
    if (made._tag === 'Left') return reasonFrom(made.left)
    const { statusCode, headers = {}, body } = made.right
    return { status: statusCode, headers, body, text: body === undefined ? '' : JSON.stringify(body) }
  } catch (error) {
    return reasonFrom(error)
  }
}

const reasonFrom = (error: unknown) => ({
  reason: error instanceof ProblemJsonError ? `${error.message}. ${error.detail}` : reasonOf(error),
})

/** Whether a body is as the contract declares it for a status. */
export const fitsResponse = (
  operation: PrismOperation,
  { status, body }: { status: number; body?: unknown },
): boolean =>
  findings(() =>
    validateOutput({
      resource: operation,
      element: { statusCode: status, headers: { 'content-type': 'application/json' }, body },
    }),
  ).every(({ path: [start] }) => start !== 'body')

/** Whether an `Accept` header lets JSON through. */
export function acceptsJson(accept: string): boolean {
  try {
    const contents = [{ id: '', mediaType: 'application/json' }]
    return findBestHttpContentByMediaType(contents, accept.split(','))._tag === 'Some'
  } catch {
    return false
  }
}
