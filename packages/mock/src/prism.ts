import prismMocker from '@stoplight/prism-http/dist/mocker/index.js'
import { findBestHttpContentByMediaType } from '@stoplight/prism-http/dist/mocker/negotiator/InternalHelpers.js'
import type { IHttpOperationConfig, IHttpRequest, IHttpResponse } from '@stoplight/prism-http/dist/types.js'
import { validateInput, validateOutput } from '@stoplight/prism-http/dist/validator/index.js'
import type { IHttpOperation, IMediaTypeContent } from '@stoplight/types'
import type { PrismOperation } from './contract.ts'
import { errorMessage } from './message.ts'

// The only file that calls Prism: its validation, its content negotiation, and its choice of responses.

/** A request as Prism takes it. */
export interface PrismRequest {
  /** Lower case. */
  readonly method: string
  readonly url: { readonly path: string; readonly query?: Readonly<Record<string, string | string[]>> }
  readonly headers: Readonly<Record<string, string>>
  /** A parsed value, or a string. */
  readonly body?: unknown
}

/** The response to make: a status, the name of an example, random data. */
export type ResponseSelection = Omit<IHttpOperationConfig, 'ignoreExamples' | 'mediaTypes'>

/** A mismatch that Prism reports. `path` leads from the part of the message to the value. */
export interface Diagnostic {
  readonly path: readonly string[]
  /** The keyword that failed. */
  readonly keyword: string
  readonly message: string
}

/** Prism's type is narrower than its code, which takes methods of any case and absent headers. */
const forPrism = (request: PrismRequest): IHttpRequest => request as IHttpRequest

const silent = () => {}
const logger = { info: silent, warn: silent, error: silent, debug: silent, success: silent, child: () => logger }

export const diagnoseRequest = (operation: PrismOperation, request: PrismRequest): Diagnostic[] =>
  closestOneOfErrors(operation, operation.request.body?.contents, (resource) =>
    diagnostics(() => validateInput({ resource, element: forPrism(request) })),
  )

export function diagnoseResponse(operation: PrismOperation, response: IHttpResponse): Diagnostic[] {
  const contents = operation.responses.flatMap(({ contents }) => contents)
  return closestOneOfErrors(operation, contents, (resource) =>
    diagnostics(() => validateOutput({ resource, element: response })),
  )
}

/**
 * If a body matches none of several schemas, a validator reports the errors of each. Those of the closest schema are more
 * helpful.
 */
function closestOneOfErrors(
  operation: IHttpOperation,
  contents: readonly IMediaTypeContent[] = [],
  validate: (operation: IHttpOperation) => Diagnostic[],
): Diagnostic[] {
  const all = validate(operation)
  if (!all.some(({ path, keyword }) => path.length === 1 && path[0] === 'body' && keyword === 'oneOf')) return all
  const count = Math.max(...contents.map(({ schema }) => schema?.oneOf?.length ?? 0))
  const [closest] = Array.from({ length: count }, (_, i) => validate(withVariant(operation, i)))
    .map((found) => ({
      found,
      mismatches: discriminatorMismatches(found),
      fields: new Set(found.map(({ path }) => path[1])).size,
    }))
    .sort((a, b) => a.mismatches - b.mismatches || a.fields - b.fields)
  return closest && closest.found.length > 0 ? closest.found : all
}

/** How often a body lacks what distinguishes one schema from another: a required property, a constant in a property. */
const discriminatorMismatches = (found: readonly Diagnostic[]): number =>
  found.filter(({ path, keyword }) => /^(1 required|2 const|2 enum)$/.test(`${path.length} ${keyword}`)).length

/** The operation as if every body had only the schema at this position of its `oneOf`. */
function withVariant(operation: IHttpOperation, i: number): IHttpOperation {
  const only = (contents: IMediaTypeContent[] = []) =>
    contents.map((content) => {
      const variant = content.schema?.oneOf?.[i]
      return typeof variant === 'object' ? { ...content, schema: variant } : content
    })
  const { request, responses } = operation
  return {
    ...operation,
    ...(request?.body && { request: { ...request, body: { ...request.body, contents: only(request.body.contents) } } }),
    responses: responses.map((response) => ({ ...response, contents: only(response.contents) })),
  }
}

function diagnostics(
  validate: () => ReturnType<typeof validateInput> | ReturnType<typeof validateOutput>,
): Diagnostic[] {
  try {
    const validated = validate()
    if (validated._tag === 'Right') return []
    const found = validated.left.map(({ path = [], code, message }) => ({ path, keyword: `${code ?? ''}`, message }))
    return mergeTypes(found)
  } catch (error) {
    // Prism throws if it cannot parse a string, such as a media type without a slash.
    return [{ path: [], keyword: 'malformed', message: errorMessage(error) }]
  }
}

/** Merges the errors of `anyOf: [{ type: integer }, { type: 'null' }]` about one value into one. */
function mergeTypes(found: readonly Diagnostic[]): Diagnostic[] {
  const at = ({ path }: Diagnostic) => JSON.stringify(path)
  const unions = new Set(found.filter(({ keyword }) => keyword === 'anyOf').map(at))
  const isOfUnion = (each: Diagnostic) => each.keyword === 'type' && unions.has(at(each))
  return found.flatMap((each): Diagnostic[] => {
    if (isOfUnion(each)) return []
    const types = found.filter((other) => isOfUnion(other) && at(other) === at(each))
    if (each.keyword !== 'anyOf' || types.length === 0) return [each]
    const names = types.map(({ message }) => message.replace(/^.* must be /, ''))
    return [{ ...each, message: `${each.message.replace(/ must .*/, '')} must be ${names.join(' or ')}` }]
  })
}

/** Prism's response for a selection, or its reason for having none. */
export function prismResponse(operation: PrismOperation, selection: ResponseSelection) {
  const { method, path } = operation
  try {
    // The request matters only for negotiation, which is done by now, and for callbacks, which the profile excludes.
    const input = { data: forPrism({ method, url: { path }, headers: {} }), validations: [] }
    // Prism requires a whole pino logger and uses these methods.
    const made = prismMocker.default({ resource: operation, input, config: selection })(logger as never)
    if (made._tag === 'Left') throw made.left
    const { statusCode, headers = {}, body } = made.right
    return { status: statusCode, headers, body, text: body === undefined ? '' : JSON.stringify(body) }
  } catch (error) {
    return { reason: `${errorMessage(error)}.` }
  }
}

/** Whether a body matches the schema that the contract declares for a status. */
export const matchesSchema = (
  operation: PrismOperation,
  { status, body }: { status: number; body?: unknown },
): boolean =>
  diagnostics(() =>
    validateOutput({
      resource: operation,
      element: { statusCode: status, headers: { 'content-type': 'application/json' }, body },
    }),
  ).every(({ path: [start] }) => start !== 'body')

/** Whether an `Accept` header allows JSON. */
export function acceptsJson(accept: string): boolean {
  try {
    const contents = [{ id: '', mediaType: 'application/json' }]
    return findBestHttpContentByMediaType(contents, accept.split(','))._tag === 'Some'
  } catch {
    return false
  }
}
