import type { InBandError, Operation } from './contract.ts'
import type { Deadline } from './deadline.ts'
import { type AnswerFields, ApiError, HttpError, MalformedResponseError, UnknownOutcomeError } from './errors.ts'
import type { Scrub } from './redact.ts'
import { describeFailure } from './redact.ts'
import { retryAfter } from './retry.ts'

/** A success larger than this is not read to its end: it is no answer of such an API. */
const successLimit = 10 * 1024 * 1024
const errorLimit = 64 * 1024
const keptBody = 4 * 1024

interface Body {
  readonly text: string
  /** Why the text is not whole. */
  readonly cut?: { readonly failure: unknown } | 'too large'
}

/** What a call resolves to, read from a response; every answer that is none is thrown. */
export async function readAnswer(
  name: string,
  operation: Operation,
  response: Response,
  deadline: Deadline,
  scrub: () => Scrub,
): Promise<unknown> {
  const success = response.status >= 200 && response.status < 300
  const body = await readBody(response, success ? successLimit : errorLimit, deadline)
  const parsed = body.cut ? undefined : parse(body.text)
  const envelope = operation.inBandErrors.find((error) => matches(error, parsed?.value))
  if (envelope) throw apiError(name, envelope, response, body.text, success, scrub())
  if (!success) throw httpError(name, response, body.text, scrub())
  if (typeof body.cut === 'object') throw lostBody(name, operation, body.cut.failure, deadline, scrub())

  const types =
    operation.success[response.status] ?? operation.success['2XX'] ?? Object.values(operation.success).flat()
  if (types.length === 0) return undefined
  const malformed = (problem: string) =>
    new MalformedResponseError(
      `status ${response.status}, but ${problem}. ${advice(operation)}`,
      name,
      answerFields(response, body.text, scrub()),
    )
  if (body.cut) throw malformed(`the body is larger than ${successLimit / 1024 / 1024} MiB`)
  if (types.includes('text')) return body.text
  if (!parsed) throw malformed(body.text === '' ? 'the body is empty' : 'the body is not JSON')
  const type = topLevelType(parsed.value)
  if (!types.includes(type) && !types.includes('any')) {
    throw malformed(`the body is of type ${type} instead of ${types.join(' or ')}`)
  }
  return parsed.value
}

/** What to do when the outcome is unknown. */
export const advice = ({ docs }: Operation): string =>
  `Find out on the server whether it was done before you call again${docs ? `, see ${docs}` : ''}.`

async function readBody(response: Response, limit: number, { race }: Deadline): Promise<Body> {
  const reader = response.body?.getReader()
  if (!reader) return { text: '' }
  const decoder = new TextDecoder()
  let [text, size] = ['', 0]
  try {
    for (;;) {
      const { done, value } = await race(reader.read())
      if (done) return { text: text + decoder.decode() }
      size += value.byteLength
      text += decoder.decode(value, { stream: true })
      if (size > limit) {
        abandon(reader)
        return { text, cut: 'too large' }
      }
    }
  } catch (failure) {
    abandon(reader)
    return { text, cut: { failure } }
  }
}

/** Lets go of a body whose rest nobody wants; that this may fail does not matter. */
function abandon(reader: ReadableStreamDefaultReader<unknown>): void {
  reader.cancel().catch(() => {})
}

function parse(text: string, reviver?: (key: string, value: unknown) => unknown): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text, reviver) }
  } catch {
    return undefined
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const matches = ({ when }: InBandError, value: unknown): boolean =>
  isRecord(value) && when.some((entry) => Object.entries(entry).every(([key, expected]) => value[key] === expected))

const topLevelType = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value

const outcomeOf = (status: number) => (status === 408 || status >= 500 ? 'unknown' : 'rejected')

function apiError(
  operation: string,
  envelope: InBandError,
  response: Response,
  text: string,
  success: boolean,
  scrub: Scrub,
): ApiError {
  const value = clean(text, scrub)?.value
  const wire: Record<string, unknown> = {}
  for (const field of [envelope.code, envelope.message, envelope.messages]) {
    if (field && isRecord(value) && field in value) wire[field] = value[field]
  }
  const says = envelope.message && wire[envelope.message]
  const code = envelope.code && wire[envelope.code]
  const details = [code === undefined ? '' : `${envelope.code} ${String(code)}`, `status ${response.status}`]
  return new ApiError(
    `the API answered with an error: ${says === undefined ? 'without a message' : String(says).slice(0, 500)} (${details.filter(Boolean).join(', ')})`,
    {
      code: 'api',
      outcome: success ? 'rejected' : outcomeOf(response.status),
      operation,
      ...answerFields(response, text, scrub),
    },
    wire,
  )
}

function httpError(operation: string, response: Response, text: string, scrub: Scrub): HttpError {
  const fields = answerFields(response, text, scrub)
  const { status, headers, retryAfterMs } = fields
  const redirected = status === 0 || (status >= 300 && status < 400)
  const hint = redirected
    ? `: a redirect${headers.location ? ` to ${headers.location}` : ''}, which is not followed. Is the base URL right?`
    : status === 401 || status === 403
      ? ': check the credentials and what they may access.'
      : retryAfterMs === undefined
        ? '.'
        : `: it asks to wait ${retryAfterMs} ms.`
  return new HttpError(`the server answered with status ${status}${hint}`, {
    code: 'http',
    outcome: outcomeOf(status),
    operation,
    ...fields,
  })
}

function lostBody(
  operation: string,
  { docs }: Operation,
  failure: unknown,
  deadline: Deadline,
  scrub: Scrub,
): UnknownOutcomeError {
  const end = deadline.ended()
  return new UnknownOutcomeError(
    `the answer began but did not end${end?.code === 'timeout' ? ' in time' : ''}. ${advice({ docs } as Operation)}`,
    {
      code: end?.code ?? 'connection_lost',
      outcome: 'unknown',
      operation,
      cause: end ? end.reason : describeFailure(failure, scrub),
    },
  )
}

/** The parsed body with every text in it scrubbed, however it was escaped. */
const clean = (text: string, scrub: Scrub) =>
  parse(text, (_key, value) => (typeof value === 'string' ? scrub(value) : value))

function answerFields(response: Response, text: string, scrub: Scrub): AnswerFields {
  const json = text.length > errorLimit ? undefined : clean(text, scrub)
  const wait = retryAfter(response.headers.get('retry-after'))
  return {
    status: response.status,
    headers: safeHeaders(response.headers, scrub),
    body: scrub(json ? JSON.stringify(json.value) : text).slice(0, keptBody),
    ...(wait !== undefined && { retryAfterMs: wait }),
  }
}

const safeNames = ['content-type', 'date', 'location', 'retry-after', 'www-authenticate', 'x-request-id']

/** The headers that are worth keeping and cannot hold a secret; of a redirect's target neither query nor user. */
export function safeHeaders(headers: Headers, scrub: Scrub): Record<string, string> {
  return Object.fromEntries(
    safeNames.flatMap((name) => {
      const value = headers.get(name)
      if (value === null) return []
      const plain = name === 'location' ? value.replace(/[?#].*$/s, '').replace(/\/\/[^/]*@/, '//') : value
      return [[name, scrub(plain)]]
    }),
  )
}
