import type { InBandError, OperationEntry } from './contract.ts'
import type { Deadline } from './deadline.ts'
import { ApiError, HttpError, MalformedResponseError, type ResponseFields } from './errors.ts'
import { type Redact, redactDeep, safeHeaders } from './redact.ts'
import { isRecord, orUndefined, typeOf } from './values.ts'

/** Limits for reading a body, in bytes. A list of 300,000 installs fits. */
const successLimit = 64 * 1024 * 1024
const errorLimit = 64 * 1024
/** The part of a body that an error keeps, in characters. */
const keptLimit = 4 * 1024

/** The part of a body that was read. */
interface Content {
  readonly text: string
  readonly isTooLong: boolean
  /** Why the body ended early. */
  readonly failure?: unknown
  /** The parsed text, if it is JSON. */
  readonly json: { readonly value: unknown } | undefined
  /** The fields of a JSON object; empty for anything else. */
  readonly fields: Readonly<Record<string, unknown>>
}

/**
 * Reads the body and returns the result, or throws the `CallError` that the status, the body or a broken stream requires.
 *
 * A success status is classified by flags and field names only. A body with an error flag is an {@link ApiError}, unless it
 * also has fields of a result. A result has at least one of the fields that only results have.
 *
 * @param describeRequest returns method and URL, for messages
 */
export async function readResponse(
  operation: OperationEntry,
  describeRequest: () => string,
  response: Response,
  deadline: Deadline,
  redact: Redact,
): Promise<unknown> {
  const { status, headers } = response
  const isSuccess = status >= 200 && status < 300
  const content = await readContent(response, isSuccess ? successLimit : errorLimit, deadline)
  const error = operation.inBandErrors.find(({ when }) => when.some((flags) => hasFlags(content.fields, flags)))
  const resultFields = operation.resultFields?.filter((name) => Object.hasOwn(content.fields, name))
  if (isSuccess && !error) {
    if (content.failure) throw content.failure
    const types = successTypes(operation, status)
    if (types.every((type) => type === 'nothing')) return undefined
    if (isResult(content, types, resultFields)) return content.json?.value
  }

  const request = describeRequest()
  const outcome = outcomeOf(status, operation)
  const help = outcome === 'unknown' ? ` ${advice(operation)}` : ''
  const known = { operation: operation.name, ...keptFields(content, response, redact) }
  const isContradiction = isSuccess && error !== undefined && resultFields !== undefined && resultFields.length > 0
  if (error && !isContradiction) throw apiError(error, content, redact, request, help, { ...known, outcome })
  const page = htmlPage(content, known, redact)
  if (!isSuccess) {
    throw new HttpError(`${request} returned status ${status}${hint(known, page)}${help}`, { ...known, outcome })
  }
  const problem = isContradiction
    ? `has an error flag and fields of a result (${resultFields.slice(0, 3).join(', ')})`
    : describe(content, page, headers)
  const message = `${request} returned status ${status}, but the body ${problem}. ${advice(operation)}`
  throw new MalformedResponseError(message, known)
}

async function readContent(response: Response, limit: number, deadline: Deadline): Promise<Content> {
  const body = await readBody(response, limit, deadline)
  const json = orUndefined(() => ({ value: JSON.parse(body.text) as unknown }))
  return { ...body, json, fields: isRecord(json?.value) ? json.value : {} }
}

async function readBody(
  response: Response,
  limit: number,
  deadline: Deadline,
): Promise<Pick<Content, 'text' | 'isTooLong' | 'failure'>> {
  const { body, bodyUsed } = response
  if (bodyUsed) return { text: '', isTooLong: false }
  // A library such as node-fetch has no streams of the platform.
  if (typeof body?.getReader !== 'function') {
    return deadline.race(response.text()).then(
      (text) => ({ text, isTooLong: text.length > limit }),
      (failure) => ({ text: '', isTooLong: false, failure }),
    )
  }
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  // Errors from cancel() are irrelevant: the rest of the body is discarded.
  const discardRest = () => void reader.cancel().catch(() => {})
  const readAll = async () => {
    while (size <= limit) {
      const { done, value } = await reader.read()
      if (done) return
      text += decoder.decode(value, { stream: true })
      size += value.length
    }
    discardRest()
  }
  let failure: unknown
  try {
    await deadline.race(readAll())
  } catch (error) {
    failure = error
    discardRest()
  }
  return { text: text + decoder.decode(), isTooLong: size > limit, failure }
}

/** Whether a body has all flags of an entry. Flags may be written as booleans, as numbers or as strings. */
const hasFlags = (body: Content['fields'], flags: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(flags).every(([name, expected]) => {
    const value = Object.hasOwn(body, name) ? body[name] : undefined
    return typeof expected === 'boolean' ? toBoolean(value) === expected : value === expected
  })

function toBoolean(value: unknown): boolean | undefined {
  if (value === true || value === 1 || value === 'true' || value === '1') return true
  return value === false || value === 0 || value === 'false' || value === '0' ? false : undefined
}

/** The types that a body may have. A status that the contract does not declare may have that of any declared one. */
function successTypes({ success }: OperationEntry, status: number): readonly string[] {
  const declared = success[status]
  return declared ? [declared] : Object.values(success)
}

/** @param resultFields fields found in the body; undefined if an object without any of them can be a result */
function isResult(
  { json, isTooLong }: Content,
  types: readonly string[],
  resultFields: readonly string[] | undefined,
): boolean {
  if (isTooLong || !json || !types.includes(typeOf(json.value))) return false
  return !isRecord(json.value) || resultFields === undefined || resultFields.length > 0
}

function keptFields({ json, text }: Content, { status, headers }: Response, redact: Redact): ResponseFields {
  // Written again, JSON has no escapes that hide a secret.
  const body = orUndefined(() => json && JSON.stringify(json.value)) ?? text
  return {
    status,
    headers: safeHeaders(headers, redact),
    body: redact(body.slice(0, 4 * keptLimit)).slice(0, keptLimit),
    ...retryAfter(headers),
  }
}

/** The outcome of an error status in the contract. Without one: the server may have failed after processing the request. */
const outcomeOf = (status: number, { outcomes = {} }: OperationEntry) =>
  outcomes[status] ?? outcomes.default ?? (status === 408 || status >= 500 ? 'unknown' : 'rejected')

/** The advice in a message if the outcome is unknown. */
export const advice = ({ docs, lookupOperation, isStateChanging }: OperationEntry): string => {
  if (!isStateChanging) return 'This call is read-only, so retrying is safe.'
  const where = lookupOperation ? `with \`${lookupOperation}\`` : 'on the server'
  return `The request may have been processed. Check ${where} before retrying.${docs ? ` See ${docs}` : ''}`
}

function apiError(
  { code = '', message = '', fields: names }: InBandError,
  { fields }: Content,
  redact: Redact,
  request: string,
  help: string,
  known: ConstructorParameters<typeof HttpError>[1],
): ApiError {
  const present = names.filter((name) => Object.hasOwn(fields, name))
  // A field that is nested too deeply to redact is left out, without affecting the others.
  const read = (name: string) =>
    Object.hasOwn(fields, name) ? orUndefined(() => redactDeep(fields[name], redact)) : undefined
  const reason = toText(read(message) ?? 'no message').slice(0, 500)
  const number = Object.hasOwn(fields, code) ? `, ${code} ${toText(read(code))}` : ''
  const text = `${request} returned an error: ${reason} (status ${known.status}${number})${help && `.${help}`}`
  return new ApiError(text, { ...Object.fromEntries(present.map((name) => [name, read(name)])), ...known })
}

const toText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

function hint({ status, headers: { location }, retryAfterMs }: ResponseFields, page: string | undefined): string {
  if (status === 304)
    return ' (not modified), which this client did not request. Check for a cache or proxy in between.'
  if (status < 400)
    return `, a redirect ${location ? `to ${location}` : 'without a target'}, which is not followed. Check the base URL.`
  if (page) return ` with ${page}.`
  if (status === 401 || status === 403) return '. Check the credentials and what they may access.'
  return retryAfterMs === undefined ? '.' : `. Retry after ${retryAfterMs} ms.`
}

/** Why a body is not a result, as the end of a sentence. */
function describe({ text, isTooLong, json, fields }: Content, page: string | undefined, headers: Headers): string {
  if (isTooLong) return `is larger than ${successLimit} bytes`
  if (json?.value === fields) return 'has none of the fields of a result'
  if (json) return `is of type ${typeOf(json.value)}`
  if (page) return `is ${page}`
  if (text) return `is not JSON (content type ${headers.get('content-type') || 'missing'})`
  const encoding = headers.get('content-encoding')
  return encoding ? `is empty after decoding ${encoding}, or was cut off` : 'is empty'
}

/** A description of a body that is a web page. */
function htmlPage({ json, text }: Content, { headers }: ResponseFields, redact: Redact): string | undefined {
  const isHtml = /^text\/html/i.test(headers['content-type'] ?? '') || /^\s*<(!doctype html|html)/i.test(text)
  if (json || !isHtml) return undefined
  const title = /<title[^>]*>([^<]{1,200})/i.exec(text)?.[1]?.replace(/\s+/g, ' ').trim()
  return `an HTML page${title ? ` titled "${redact(title)}"` : ''}, probably of a proxy or a login`
}

/** `Retry-After`, seconds or a date, in milliseconds from now. */
function retryAfter(headers: Headers): { retryAfterMs?: number } {
  const text = headers.get('retry-after') ?? ''
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : / GMT$/.test(text) ? Date.parse(text) - Date.now() : Number.NaN
  return Number.isFinite(ms) ? { retryAfterMs: Math.max(0, ms) } : {}
}
