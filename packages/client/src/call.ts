import { advice, readAnswer } from './answer.ts'
import type { Configuration } from './configuration.ts'
import { type Deadline, type End, startDeadline } from './deadline.ts'
import { ownConnection } from './environment.ts'
import { type CallError, ConfigurationError, isCallError, NotSentError, UnknownOutcomeError } from './errors.ts'
import { describeFailure, provesNotSent } from './failure.ts'
import { withCredentials } from './hosts.ts'
import { quietly } from './log.ts'
import type { CallOptions } from './options.ts'
import { type Prepared, prepare, type Shared } from './prepare.ts'
import { type Scrub, safeHeaders } from './redact.ts'
import { mayRepeat, retryDelay, shareOf } from './retry.ts'

/** What a call resolves to, together with the response. */
export interface Answered {
  readonly data: unknown
  readonly response: Response
}

/** How far an attempt came. */
interface Attempt {
  /** Counted from 0. */
  readonly number: number
  readonly start: number
  /** Whether this or an earlier one may have arrived. */
  isSent: boolean
  isAnswered: boolean
  scrub: Scrub
}

/** One call, from parameters to answer. It throws {@link CallError}s only. */
export async function perform(
  shared: Shared,
  name: string,
  parameters: Readonly<Record<string, unknown>>,
  own: CallOptions,
): Promise<Answered> {
  const call = prepare(shared, name, parameters, own)
  const whole = startDeadline(call.timeoutMs, own.signal)
  let lost: CallError | undefined
  try {
    for (let number = 0; ; number++) {
      const deadline = shareOf(whole, call.operation, call.maxRetries - number)
      const attempt = {
        number,
        start: performance.now(),
        isSent: lost !== undefined,
        isAnswered: false,
        scrub: (text: string) => text,
      }
      try {
        return await send(shared, call, deadline, attempt)
      } catch (failure) {
        const error = classify(failure, call, attempt, whole.ended() ?? deadline.ended())
        if (error instanceof ConfigurationError) throw error
        // That the last attempt was not sent says nothing of one before it.
        if (!(error instanceof NotSentError)) lost = error
        const wait = retryDelay(error, number)
        const isRepeated =
          number < call.maxRetries && wait < whole.left() && !whole.ended() && mayRepeat(call.operation, error)
        const { code, outcome, message } = error
        report(shared, call, attempt, isRepeated ? 'warn' : 'error', { code, outcome }, message)
        if (!isRepeated) throw lost ?? error
        await whole.sleep(wait)
      } finally {
        if (deadline !== whole) deadline.stop()
      }
    }
  } finally {
    whole.stop()
  }
}

/** One attempt: credentials, request, answer. */
async function send(shared: Shared, call: Prepared, deadline: Deadline, attempt: Attempt): Promise<Answered> {
  const { name, operation, values } = call
  const connection = operation.isStateChanging ? ownConnection() : {}
  try {
    const found = call.authorization()
    // Waiting for what is there already would only take time.
    const { header, scrub } = found instanceof Promise ? await deadline.race(found) : found
    attempt.scrub = scrub
    const sending = shared.transport(operation.method, operation.path, values, (input, init) => {
      const end = deadline.ended()
      if (end) throw end
      const request = withCredentials(shared, name, input, init, header)
      attempt.isSent = true
      return (shared.options.fetch ?? fetch)(request, { ...init, signal: deadline.signal, ...connection.init })
    })
    const response = await deadline.race(sending)
    attempt.isAnswered = true
    const { status } = response
    if (shared.options.logger)
      report(shared, call, attempt, 'info', { status, headers: safeHeaders(response.headers, scrub) }, 'answered')
    const data = await readAnswer(name, operation, response, deadline, scrub)
    check(shared, name, status, data)
    return { data, response }
  } finally {
    connection.release?.()
  }
}

/** The rung of the ladder for whatever was thrown. */
function classify(
  failure: unknown,
  { name, operation }: Prepared,
  { isSent, isAnswered, scrub }: Attempt,
  end: End | undefined,
): CallError {
  if (isCallError(failure)) return failure
  const cause = describeFailure(failure, scrub)
  const why = end ? (end.code === 'timeout' ? 'the time is over' : 'the call was aborted') : cause.message
  const isLost = isSent && (end !== undefined || isAnswered || !provesNotSent(failure))
  return isLost
    ? new UnknownOutcomeError(`no complete answer (${why}). ${advice(operation)}`, {
        operation: name,
        ...(end ?? { code: 'connection_lost', cause }),
      })
    : new NotSentError(`not sent (${why})`, { operation: name, ...(end ?? { code: 'not_sent', cause }) })
}

/** Lets `validate` report; of what it throws only a rung of the ladder counts, since the answer is there. */
function check({ options }: Configuration, name: string, status: number, data: unknown): void {
  try {
    options.validate?.(name, status, data, options)
  } catch (error) {
    if (isCallError(error)) throw error
  }
}

function report(
  { options: { logger } }: Configuration,
  { name, operation: { method, path } }: Prepared,
  { number, start }: Attempt,
  level: 'info' | 'warn' | 'error',
  details: object,
  message: string,
): void {
  const ms = performance.now() - start
  quietly(() => logger?.[level]({ operation: name, method, path, attempt: number, ms, ...details }, message))
}
