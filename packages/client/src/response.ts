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
  const { inBandErrors, success, resultFields } = operation
  const ok = status >= 200 && status < 300
  const limit = ok ? successLimit : errorLimit
  const { text, isTooLong, failure } = await readBody(response, limit, deadline)
  const json = orUndefined(() => ({ value: JSON.parse(text) as unknown }))
  const object = isRecord(json?.value) ? json.value : {}
  const error = inBandErrors.find(({ when }) => when.some((flags) => hasFlags(object, flags)))
  const found = resultFields?.filter((name) => Object.hasOwn(object, name))
  const isUnclear = ok && error !== undefined && found !== undefined && found.length > 0
  if (ok && !error) {
    if (failure) throw failure
    const declared = success[status]
    const types = declared ? [declared] : Object.values(success)
    if (types.every((type) => type === 'nothing')) return undefined
    const isDeclared = !isTooLong && json && types.some((type) => type === typeOf(json.value))
    if (isDeclared && (!isRecord(json.value) || found?.length !== 0)) return json.value
  }

  const fields: ResponseFields & { operation: string } = {
    operation: operation.name,
    status,
    headers: safeHeaders(headers, redact),
    // Written again, JSON has no escapes that hide a secret.
    body: redact((orUndefined(() => json && JSON.stringify(json.value)) ?? text).slice(0, 4 * keptLimit)).slice(
      0,
      keptLimit,
    ),
    ...retryAfter(headers),
  }
  const request = describeRequest()
  const outcome = outcomeOf(status, operation)
  const help = outcome === 'unknown' ? ` ${advice(operation)}` : ''
  if (error && !isUnclear) throw apiError(error, object, redact, request, help, { ...fields, outcome })
  const page = json ? undefined : htmlPage(text, fields, redact)
  if (!ok)
    throw new HttpError(`${request} returned status ${status}${hint(fields, page)}${help}`, { ...fields, outcome })
  const body = isUnclear
    ? `has an error flag and fields of a result (${found.slice(0, 3).join(', ')})`
    : isTooLong
      ? `is larger than ${limit} bytes`
      : describeBody(text, json, page, headers)
  throw new MalformedResponseError(
    `${request} returned status ${status}, but the body ${body}. ${advice(operation)}`,
    fields,
  )
}

/** The text of a body up to a limit in bytes, and the failure of one that broke off. */
async function readBody(
  response: Response,
  limit: number,
  { race }: Deadline,
): Promise<{ text: string; isTooLong: boolean; failure?: unknown }> {
  const { body, bodyUsed } = response
  // A library such as node-fetch has no streams of the platform.
  if (typeof body?.getReader !== 'function') {
    const text = bodyUsed ? '' : await race(response.text())
    return { text, isTooLong: text.length > limit }
  }
  if (bodyUsed) return { text: '', isTooLong: false }
  const reader = body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  // Errors from cancel() are irrelevant: the rest of the body is discarded.
  const discardRest = () => void reader.cancel().catch(() => {})
  const readAll = async () => {
    while (size <= limit) {
      const { done, value } = await reader.read()
      if (done) return
      chunks.push(value)
      size += value.length
    }
    discardRest()
  }
  let failure: unknown
  try {
    await race(readAll())
  } catch (error) {
    failure = error
    discardRest()
  }
  return { text: decode(chunks, size), isTooLong: size > limit, failure }
}

function decode(chunks: readonly Uint8Array[], size: number): string {
  const bytes = new Uint8Array(size)
  let position = 0
  for (const chunk of chunks) {
    bytes.set(chunk, position)
    position += chunk.length
  }
  return new TextDecoder().decode(bytes)
}

/** Whether a body has all flags of an entry. Flags may be written as booleans, as numbers or as strings. */
const hasFlags = (body: Readonly<Record<string, unknown>>, flags: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(flags).every(([name, expected]) => {
    const value = Object.hasOwn(body, name) ? body[name] : undefined
    return typeof expected === 'boolean' ? toBoolean(value) === expected : value === expected
  })

function toBoolean(value: unknown): boolean | undefined {
  if (value === true || value === 1 || value === 'true' || value === '1') return true
  return value === false || value === 0 || value === 'false' || value === '0' ? false : undefined
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
  { code = '', message = '', fields }: InBandError,
  body: Readonly<Record<string, unknown>>,
  redact: Redact,
  request: string,
  help: string,
  known: ConstructorParameters<typeof HttpError>[1],
): ApiError {
  // A field that is nested too deeply to redact is left out, without affecting the others.
  const read = (name: string) =>
    Object.hasOwn(body, name) ? orUndefined(() => redactDeep(body[name], redact)) : undefined
  const wire = Object.fromEntries(fields.filter((name) => Object.hasOwn(body, name)).map((name) => [name, read(name)]))
  const reason = toText(read(message) ?? 'no message').slice(0, 500)
  const number = Object.hasOwn(body, code) ? `, ${code} ${toText(read(code))}` : ''
  const text = `${request} returned an error: ${reason} (status ${known.status}${number})${help && `.${help}`}`
  return new ApiError(text, { ...wire, ...known })
}

const toText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

function hint({ status, headers: { location }, retryAfterMs }: ResponseFields, page: string | undefined): string {
  if (status === 304)
    return ' (not modified), which this client did not ask for. Check for a cache or proxy in between.'
  if (status < 400)
    return `, a redirect ${location ? `to ${location}` : 'without a target'}, which is not followed. Check the base URL.`
  if (page) return ` with ${page}.`
  if (status === 401 || status === 403) return '. Check the credentials and what they may access.'
  return retryAfterMs === undefined ? '.' : `. Retry after ${retryAfterMs} ms.`
}

function describeBody(
  text: string,
  json: { value: unknown } | undefined,
  page: string | undefined,
  headers: Headers,
): string {
  if (isRecord(json?.value)) return 'has none of the fields of a result'
  if (json) return `is of type ${typeOf(json.value)}`
  if (page) return `is ${page}`
  if (text) return `is not JSON (content type ${headers.get('content-type') || 'missing'})`
  const encoding = headers.get('content-encoding')
  return encoding ? `is empty after decoding ${encoding}, or was cut off` : 'is empty'
}

/** A description of a body that is a web page. */
function htmlPage(text: string, { headers }: ResponseFields, redact: Redact): string | undefined {
  const type = headers['content-type'] ?? ''
  if (!/^text\/html/i.test(type) && !/^\s*<(!doctype html|html)/i.test(text)) return undefined
  const title = /<title[^>]*>([^<]{1,200})/i.exec(text)?.[1]?.replace(/\s+/g, ' ').trim()
  return `an HTML page${title ? ` titled "${redact(title)}"` : ''}, probably of a proxy or a login`
}

/** `Retry-After`, seconds or a date, in milliseconds from now. */
function retryAfter(headers: Headers): { retryAfterMs?: number } {
  const text = headers.get('retry-after') ?? ''
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : / GMT$/.test(text) ? Date.parse(text) - Date.now() : Number.NaN
  return Number.isFinite(ms) ? { retryAfterMs: Math.max(0, ms) } : {}
}
