import { readBody } from './body.ts'
import type { InBandError, OperationEntry } from './contract.ts'
import type { Deadline } from './deadline.ts'
import { type AnswerFields, ApiError, HttpError, MalformedResponseError } from './errors.ts'
import { type Scrub, safeHeaders, scrubbed } from './redact.ts'
import { retryAfter } from './retry.ts'
import { attempt, isRecord, typeOf } from './values.ts'

/** No answer of an API like this is larger, so more is not read. In bytes. */
const successLimit = 10 * 1024 * 1024
const errorLimit = 64 * 1024
/** What an error keeps, in characters. */
const keptLimit = 4 * 1024

/** What a call resolves to, read from a response; every answer that is none is thrown, and so is what broke it off. */
export async function readAnswer(
  operation: OperationEntry,
  response: Response,
  deadline: Deadline,
  scrub: Scrub,
): Promise<unknown> {
  const { status, headers } = response
  const { inBandErrors, success } = operation
  const ok = status >= 200 && status < 300
  const limit = ok ? successLimit : errorLimit
  const { text, tooLong, failure } = await readBody(response, limit, deadline)
  const json = parse(text)
  const envelope = inBandErrors.find((error) => matches(error, json?.value))
  if (ok && !envelope) {
    if (failure) throw failure
    const type = success[status]
    const types = type ? [type] : Object.values(success)
    if (types.every((type) => type === 'nothing')) return undefined
    if (!tooLong && json && types.some((type) => type === typeOf(json.value))) return json.value
  }

  // Written anew, JSON has no escapes behind which a secret would not be found.
  const shown = attempt(() => json && JSON.stringify(json.value)) ?? text
  const fields: AnswerFields & { operation: string } = {
    operation: operation.name,
    status,
    headers: safeHeaders(headers, scrub),
    body: scrub(shown.slice(0, 4 * keptLimit)).slice(0, keptLimit),
    ...retryAfter(headers),
  }
  const outcome = outcomeOf(status, operation)
  const help = outcome === 'unknown' ? ` ${advice(operation)}` : ''
  if (envelope) throw apiError(envelope, json?.value, scrub, help, { ...fields, outcome })
  if (!ok)
    throw new HttpError(`the server answered with status ${status}${hint(fields)}${help}`, { ...fields, outcome })
  const found = tooLong
    ? `larger than ${limit} bytes`
    : json
      ? `of type ${typeOf(json.value)}`
      : text
        ? 'not JSON'
        : 'empty'
  throw new MalformedResponseError(`status ${status}, but the body is ${found}. ${advice(operation)}`, fields)
}

/** What an error means for the request, as the contract says; where it is silent, a server may have failed after the work. */
const outcomeOf = (status: number, { outcomes = {} }: OperationEntry) =>
  outcomes[status] ?? outcomes.default ?? (status === 408 || status >= 500 ? 'unknown' : 'rejected')

/** What to do when the outcome is unknown. */
export const advice = ({ docs, lookupOperation, isStateChanging }: OperationEntry): string =>
  isStateChanging
    ? `Find out ${lookupOperation ? `with \`${lookupOperation}\`` : 'on the server'} whether it was done before you call again${docs ? `, see ${docs}` : ''}.`
    : 'Calling again changes nothing.'

const parse = (text: string) => attempt(() => ({ value: JSON.parse(text) as unknown }))

const matches = ({ when }: InBandError, value: unknown): boolean =>
  isRecord(value) &&
  when.some((entry) => Object.keys(entry).every((key) => Object.hasOwn(value, key) && value[key] === entry[key]))

function apiError(
  { code = '', message = '', fields }: InBandError,
  value: unknown,
  scrub: Scrub,
  help: string,
  known: ConstructorParameters<typeof HttpError>[1],
): ApiError {
  const body = isRecord(value) ? value : {}
  // A field that is too deep to be looked through is left out, and no other for its sake.
  const read = (name: string) => (Object.hasOwn(body, name) ? attempt(() => scrubbed(body[name], scrub)) : undefined)
  const wire = Object.fromEntries(fields.filter((name) => Object.hasOwn(body, name)).map((name) => [name, read(name)]))
  const says = textOf(read(message) ?? 'without a message').slice(0, 500)
  const number = Object.hasOwn(body, code) ? `, ${code} ${textOf(read(code))}` : ''
  const told = `the API answered with an error: ${says} (status ${known.status}${number})${help && `.${help}`}`
  return new ApiError(told, { ...wire, ...known })
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

function hint({ status, headers: { location }, retryAfterMs }: AnswerFields): string {
  if (status === 304) return ', not modified, which this client did not ask for: is there a cache on the way?'
  if (status < 400) {
    return `, a redirect ${location ? `to ${location}` : 'without a target'}, which is not followed: is the base URL right?`
  }
  if (status === 401 || status === 403) return ': check the credentials and what they may access.'
  return retryAfterMs === undefined ? '.' : `: it asks to wait ${retryAfterMs} ms.`
}
