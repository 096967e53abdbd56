import { advice, readAnswer, safeHeaders } from './answer.ts'
import { authorize } from './auth.ts'
import { type Context, refuse } from './context.ts'
import { type Deadline, startDeadline } from './deadline.ts'
import { type CallError, ConfigurationError, isCallError, NotSentError, UnknownOutcomeError } from './errors.ts'
import { baseUrlOf } from './hosts.ts'
import { quietly } from './log.ts'
import type { CallOptions } from './options.ts'
import { placeParameters, show } from './parameters.ts'
import { describeFailure, type Scrub } from './redact.ts'
import { retryDelay } from './retry.ts'
import { writeRequest } from './transport.ts'

/** How far a call came. */
interface Progress {
  readonly whole: Deadline
  /** Of the attempt, counted from 0. */
  attempt: number
  deadline: Deadline
  start: number
  sent: boolean
  answered: boolean
  scrub: Scrub
}

/** One call from parameters to answer, with the response put where `seen` says. It throws {@link CallError}s only. */
export async function perform(
  call: Context,
  parameters: Readonly<Record<string, unknown>>,
  own: CallOptions,
  seen: { response?: Response },
): Promise<unknown> {
  const { operation, options, runtime } = call
  const { policy, security } = operation
  const { timeoutMs, maxRetries } = limitsOf(call, own)
  const placed = placeParameters(call, parameters)
  const baseUrl = baseUrlOf(call)

  const whole = startDeadline(timeoutMs, own.signal)
  const progress: Progress = {
    whole,
    attempt: 0,
    deadline: whole,
    start: 0,
    sent: false,
    answered: false,
    scrub: (text) => text,
  }
  let request: ReturnType<typeof writeRequest> | undefined
  let lost: CallError | undefined
  try {
    for (; ; progress.attempt++) {
      const { attempt } = progress
      const deadline = policy.share(whole, maxRetries - attempt)
      const connection = policy.stateChanging ? runtime.ownConnection() : {}
      progress.deadline = deadline
      progress.start = performance.now()
      progress.answered = false
      try {
        if (!request) {
          const found = authorize(call, security)
          // Waiting for what is there already would only take time.
          const authorization = found instanceof Promise ? await whole.race(found) : found
          progress.scrub = authorization.scrub
          request = writeRequest(call, baseUrl, placed, own.headers, authorization.headers)
        }
        if (whole.ended()) throw whole.ended()
        progress.sent = true
        const response = await deadline.race(
          (options.fetch ?? fetch)(request.url, { ...request.init, signal: deadline.signal, ...connection.init }),
        )
        progress.answered = true
        seen.response = response
        const { status } = response
        const { scrub } = progress
        if (options.logger) {
          report(call, progress, 'info', { status, headers: safeHeaders(response.headers, scrub) }, 'answered')
        }
        const data = await readAnswer(call, response, deadline, scrub)
        check(call, status, data)
        return data
      } catch (failure) {
        if (failure instanceof ConfigurationError) throw failure
        const error = explain(failure, call, progress)
        if (error instanceof NotSentError) progress.sent = false
        else lost = error
        const wait = retryDelay(error, attempt)
        const again =
          attempt < maxRetries &&
          wait < whole.left() &&
          !whole.ended() &&
          (error instanceof NotSentError || policy.repeats(error))
        report(call, progress, again ? 'warn' : 'error', { code: error.code, outcome: error.outcome }, error.message)
        // That the last attempt was not sent says nothing of one before it.
        if (!again) throw (error instanceof NotSentError && lost) || error
        await whole.sleep(wait)
      } finally {
        connection.release?.()
        if (deadline !== whole) deadline.stop()
      }
    }
  } finally {
    whole.stop()
  }
}

/** The time that a call may take and how often it may be sent again. */
function limitsOf(call: Context, own: CallOptions): { timeoutMs: number; maxRetries: number } {
  const { timeoutMs = call.options.timeoutMs ?? 30_000, maxRetries = call.options.maxRetries ?? 2, signal } = own
  // A timer takes a wrong number for 1 ms.
  if (!(timeoutMs > 0 && timeoutMs <= 2 ** 31 - 1)) {
    refuse(call, `\`timeoutMs\` must be more than 0 and less than 2 ** 31, but is ${show(timeoutMs)}`)
  }
  if (!(Number.isInteger(maxRetries) && maxRetries >= 0)) {
    refuse(call, `\`maxRetries\` must be an integer, at least 0, but is ${show(maxRetries)}`)
  }
  if (signal && !('addEventListener' in Object(signal))) {
    refuse(call, '`signal` must be the `signal` of an AbortController')
  }
  return { timeoutMs, maxRetries }
}

function report(
  { name, operation: { method, path }, options: { logger } }: Context,
  { attempt, start }: Progress,
  level: 'info' | 'warn' | 'error',
  details: object,
  message: string,
): void {
  const ms = performance.now() - start
  quietly(() => logger?.[level]({ operation: name, method, path, attempt, ms, ...details }, message))
}

/** Lets `validate` report; of what it throws only a rung of the ladder counts, since the answer is there. */
function check({ name, options }: Context, status: number, data: unknown): void {
  try {
    options.validate?.(name, status, data, options)
  } catch (error) {
    if (isCallError(error)) throw error
  }
}

/** The rung of the ladder for whatever was thrown. */
function explain(failure: unknown, { name, operation, runtime }: Context, progress: Progress): CallError {
  if (isCallError(failure)) return failure
  const { whole, deadline, sent, answered, scrub } = progress
  const end = whole.ended() ?? deadline.ended()
  const cause = describeFailure(failure, scrub)
  const why = end ? (end.code === 'timeout' ? 'the time is over' : 'the call was aborted') : cause.message
  return (end ? sent : answered || !runtime.provesNotSent(failure))
    ? new UnknownOutcomeError(`no complete answer (${why}). ${advice(operation)}`, {
        operation: name,
        ...(end ?? { code: 'connection_lost', cause }),
      })
    : new NotSentError(`not sent (${why})`, { operation: name, ...(end ?? { code: 'not_sent', cause }) })
}
