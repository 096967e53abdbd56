import { advice, readAnswer, safeHeaders } from './answer.ts'
import { type Authorization, authorize } from './auth.ts'
import { type CheckOptions, checkAnswer } from './check.ts'
import type { Contract, Operation } from './contract.ts'
import { type Deadline, startDeadline } from './deadline.ts'
import { isBrowser, noStore, ownConnection } from './environment.ts'
import { CallError, ConfigurationError, NotSentError, UnknownOutcomeError } from './errors.ts'
import { baseUrlOf, guardHost } from './hosts.ts'
import { type Log, type Logger, safeLog } from './log.ts'
import { provesNotSent } from './outcome.ts'
import { type Placed, placeParameters, type Values } from './parameters.ts'
import { describeFailure, scrubber } from './redact.ts'
import { retryDelay } from './retry.ts'
import type { PlainRequest, Send } from './transport.ts'

/** What can be set for one call. */
export interface CallOptions {
  /** Ends the call when it aborts. The error's `cause` is then the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /**
   * Milliseconds for the whole call: credentials, every attempt, every wait between them and reading the body. Default:
   * the client's, else 30,000. An attempt of an operation that changes nothing gets an equal share of what is left.
   */
  readonly timeoutMs?: number | undefined
  /** How often to send again at most, where that is allowed. Default: the client's, else 2. */
  readonly maxRetries?: number | undefined
  /** More request headers. They do not replace credentials. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** The result of a call to come; with {@link Call.withResponse} also the response that it was read from. */
export interface Call<T> extends Promise<T> {
  /** The result together with the response, for its status and headers; the body of the response is read already. */
  withResponse(): Promise<{ data: T; response: Response }>
}

/** What all calls of a client share. */
export interface Settings extends CallOptions, CheckOptions {
  readonly fetch?: typeof globalThis.fetch | undefined
  readonly logger?: Logger | undefined
}

export interface Answer {
  readonly data: unknown
  readonly response: Response
}

/** One call from parameters to answer. It throws {@link CallError}s only. */
export async function perform(
  contract: Contract,
  name: string,
  send: Send,
  settings: Settings & Values,
  parameters: unknown,
  own: CallOptions = {},
): Promise<Answer> {
  const operation = contract.operations[name]
  if (!operation) throw new ConfigurationError('is not an operation', name)
  const log = safeLog(settings.logger)
  const { timeoutMs, maxRetries, headers } = limits(name, settings, own)
  const placed = placeParameters(name, operation, parameters, settings)
  const baseUrl = baseUrlOf(contract, settings, name)
  if (operation.security.flat().length > 0) guardHost(baseUrl, settings, name)
  const deadline = startDeadline(timeoutMs, own.signal)
  try {
    const authorization = await credentials(contract, operation, name, settings, deadline)
    const request = { contract, name, operation, send, settings, placed, baseUrl, headers, authorization, log }
    let mayHaveArrived = false
    for (let attempt = 0; ; attempt++) {
      try {
        const answer = await attemptOnce(request, attempt, maxRetries - attempt, deadline)
        return checkAnswer(name, answer, settings, log)
      } catch (error) {
        if (!(error instanceof CallError)) throw error
        mayHaveArrived ||= error.outcome !== 'not-sent'
        const left = attempt < maxRetries && !deadline.ended() ? deadline.left() : 0
        const wait = retryDelay(error, operation, attempt, left)
        log(wait === undefined ? 'error' : 'warn', { operation: name, attempt, error }, error.message)
        if (wait === undefined) throw error
        await deadline.sleep(wait).catch((cause) => {
          throw ended(name, operation, deadline, mayHaveArrived, cause)
        })
      }
    }
  } finally {
    deadline.stop()
  }
}

interface Request {
  readonly contract: Contract
  readonly name: string
  readonly operation: Operation
  readonly send: Send
  readonly settings: Settings
  readonly placed: Placed
  readonly baseUrl: string
  readonly headers: Readonly<Record<string, string>>
  readonly authorization: Authorization
  readonly log: Log
}

async function attemptOnce(request: Request, attempt: number, retries: number, whole: Deadline): Promise<Answer> {
  const { name, operation, log } = request
  if (whole.ended()) throw ended(name, operation, whole, attempt > 0 && !operation.stateChanging)
  if (operation.stateChanging || retries <= 0) return exchange(request, attempt, whole)
  const share = startDeadline(Math.max(1, whole.left() / (retries + 1)), whole.signal)
  try {
    return await exchange(request, attempt, share)
  } finally {
    share.stop()
    log('debug', { operation: name, attempt }, 'attempt ended')
  }
}

/** One request and its answer. */
async function exchange(request: Request, attempt: number, deadline: Deadline): Promise<Answer> {
  const { contract, name, operation, settings, authorization, log } = request
  const { method, path, stateChanging } = operation
  const scrub = () => scrubber(authorization.secrets)
  const details = { operation: name, method, path, attempt }
  const connection = stateChanging ? ownConnection() : undefined
  const start = performance.now()
  let sent = false
  try {
    log('debug', details, 'sending')
    const response = await request.send(
      request.baseUrl,
      request.placed,
      {
        headers: {
          ...(operation.body && request.placed.body !== undefined && contentType(operation.body.type)),
          ...(!isBrowser() && { 'user-agent': contract.userAgent }),
          ...request.headers,
          ...authorization.headers,
        },
        signal: deadline.signal,
        redirect: 'manual',
        ...noStore(),
        ...connection?.init,
      },
      ({ url, init }: PlainRequest) => {
        sent = true
        return deadline.race((settings.fetch ?? globalThis.fetch)(url, init))
      },
    )
    const ms = performance.now() - start
    log(
      'info',
      { ...details, status: response.status, ms, headers: safeHeaders(response.headers, scrub()) },
      'answered',
    )
    return { response, data: await readAnswer(name, operation, response, deadline, scrub) }
  } catch (error) {
    if (error instanceof CallError) throw error
    if (deadline.ended()) throw ended(name, operation, deadline, sent, error)
    const cause = describeFailure(error, scrub())
    if (!sent) throw new ConfigurationError('the request cannot be written from these parameters', name, cause)
    if (provesNotSent(error)) {
      throw new NotSentError(`the request was not sent: ${reasonOf(cause)}`, {
        code: 'not_sent',
        outcome: 'not-sent',
        operation: name,
        cause,
      })
    }
    throw new UnknownOutcomeError(`no answer: ${reasonOf(cause)}. ${advice(operation)}`, {
      code: 'connection_lost',
      outcome: 'unknown',
      operation: name,
      cause,
    })
  } finally {
    connection?.release()
  }
}

/** A multipart type is written by the runtime, which knows the boundary. */
const contentType = (type: string) => (type.startsWith('multipart/') ? {} : { 'content-type': type })

/** The innermost message says most: `fetch failed` alone helps nobody. */
function reasonOf(failure: Error): string {
  const inner = failure.cause
  return inner instanceof Error && inner.message ? reasonOf(inner) : failure.message
}

/** The error for a call whose deadline ended. */
function ended(
  name: string,
  operation: Operation,
  deadline: Deadline,
  sent: boolean,
  cause?: unknown,
): NotSentError | UnknownOutcomeError {
  const end = deadline.ended() ?? { code: 'timeout', reason: cause }
  const what = end.code === 'timeout' ? 'the time was over' : 'the call was aborted'
  const fields = { code: end.code, operation: name, cause: end.reason }
  return sent
    ? new UnknownOutcomeError(`${what} before the answer was there. ${advice(operation)}`, {
        ...fields,
        outcome: 'unknown',
      })
    : new NotSentError(`${what} before anything was sent`, { ...fields, outcome: 'not-sent' })
}

async function credentials(
  contract: Contract,
  operation: Operation,
  name: string,
  settings: Settings & Values,
  deadline: Deadline,
): Promise<Authorization> {
  const found = authorize(contract, operation.security, settings, name)
  if (!(found instanceof Promise)) return found
  try {
    return await deadline.race(found)
  } catch (error) {
    if (error instanceof CallError) throw error
    throw ended(name, operation, deadline, false, error)
  }
}

const longestTimeout = 2 ** 31 - 1

/** What bounds a call, checked: a wrong value would not fail by itself but be taken for something else. */
function limits(name: string, settings: Settings, own: CallOptions) {
  const timeoutMs = own.timeoutMs ?? settings.timeoutMs ?? 30_000
  const maxRetries = own.maxRetries ?? settings.maxRetries ?? 2
  if (typeof timeoutMs !== 'number' || !(timeoutMs > 0 && timeoutMs <= longestTimeout)) {
    throw new ConfigurationError(`\`timeoutMs\` must be a number of milliseconds up to ${longestTimeout}`, name)
  }
  if (!Number.isInteger(maxRetries) || maxRetries < 0) {
    throw new ConfigurationError('`maxRetries` must be a whole number, 0 or more', name)
  }
  if (own.signal !== undefined && typeof own.signal?.addEventListener !== 'function') {
    throw new ConfigurationError('`signal` must be an AbortSignal', name)
  }
  const headers = own.headers ?? {}
  try {
    new Headers(headers)
  } catch {
    throw new ConfigurationError('`headers` has a name or value that HTTP does not allow', name)
  }
  return { timeoutMs, maxRetries, headers }
}
