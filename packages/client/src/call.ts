import { advice, readAnswer } from './answer.ts'
import type { OperationEntry } from './contract.ts'
import { type Deadline, startDeadline } from './deadline.ts'
import { ownConnection } from './environment.ts'
import { type AnyCallError, isCallError, NotSentError, UnknownOutcomeError } from './errors.ts'
import { describeFailure, provesNotSent } from './failure.ts'
import { withCredentials } from './hosts.ts'
import { type Report, reporter } from './log.ts'
import type { BaseClientOptions, CallOptions } from './options.ts'
import { type Prepared, prepare, type Shared } from './prepare.ts'
import { type Scrub, safeHeaders } from './redact.ts'
import { mayRepeat, retryDelay, shareOf } from './retry.ts'

/** What a call resolves to, together with the response. */
export interface Answered {
  readonly data: unknown
  readonly response: Response
}

/** One call, from parameters to answer. It throws {@link AnyCallError}s only. */
export async function perform(
  shared: Shared,
  operation: OperationEntry,
  parameters: Readonly<Record<string, unknown>>,
  own: CallOptions,
): Promise<Answered> {
  const call = prepare(shared, operation, parameters, own)
  const { maxRetries } = call
  const { logger } = shared.options
  const whole = startDeadline(call.timeoutMs, own.signal)
  let lost: AnyCallError | undefined
  try {
    for (let number = 0; ; number++) {
      const report = logger && reporter(logger, operation, number)
      const deadline = shareOf(whole, operation, maxRetries - number)
      const result = await send(shared, call, deadline, lost !== undefined, report)
      if (deadline !== whole) deadline.stop()
      if (!isCallError(result)) return result
      // That the last attempt was not sent says nothing of one before it.
      if (result.outcome !== 'not-sent') lost = result
      const wait = retryDelay(result, number)
      const isRepeated = number < maxRetries && wait < whole.left() && !whole.ended() && mayRepeat(operation, result)
      const { code, outcome, message } = result
      report?.(isRepeated ? 'warn' : 'error', { code, outcome }, message)
      if (!isRepeated) throw lost ?? result
      await whole.sleep(wait)
    }
  } finally {
    whole.stop()
  }
}

/** One attempt: credentials, request, answer. What fails is handed back as a rung of the ladder. */
async function send(
  shared: Shared,
  call: Prepared,
  deadline: Deadline,
  wasSent: boolean,
  report: Report | undefined,
): Promise<Answered | AnyCallError> {
  const { operation, values } = call
  const { options, transport } = shared
  const connection = operation.isStateChanging ? ownConnection() : {}
  let scrub: Scrub = (text) => text
  let isSent = wasSent
  let isRefused = false
  let isAnswered = false
  try {
    const found = call.authorization()
    // Waiting for what is there already would only take time.
    const authorization = found instanceof Promise ? await deadline.race(found) : found
    scrub = authorization.scrub
    const sending = transport(operation.method, operation.path, values, async (input, init) => {
      const end = deadline.ended()
      if (end) throw end
      const request = withCredentials(shared, operation.name, input, init, authorization.header)
      isSent = true
      try {
        return await (options.fetch ?? fetch)(request, { ...init, signal: deadline.signal, ...connection.init })
      } catch (failure) {
        // Middleware may fail after an answer in ways that look alike.
        isRefused = provesNotSent(failure)
        throw failure
      }
    })
    const response = await deadline.race(sending)
    isAnswered = true
    const { status, headers } = response
    report?.('info', { status, headers: safeHeaders(headers, scrub) }, 'answered')
    const data = await readAnswer(operation, response, deadline, scrub)
    check(options, operation.name, status, data)
    return { data, response }
  } catch (failure) {
    if (isCallError(failure) && (isAnswered || (!isSent && failure.code === 'configuration'))) return failure
    const end = deadline.ended()
    const cause = describeFailure(failure, scrub)
    const why = end ? (end.code === 'timeout' ? 'the time is over' : 'the call was aborted') : cause.message
    return isSent && !isRefused
      ? new UnknownOutcomeError(`no complete answer (${why}). ${advice(operation)}`, {
          operation: operation.name,
          ...(end ?? { code: 'connection_lost', cause }),
        })
      : new NotSentError(`not sent (${why})`, { operation: operation.name, ...(end ?? { code: 'not_sent', cause }) })
  } finally {
    connection.release?.()
  }
}

/** Lets `validate` report; of what it throws only a rung of the ladder counts, since the answer is there. */
function check(options: BaseClientOptions, name: string, status: number, data: unknown): void {
  try {
    options.validate?.(name, status, data, options)
  } catch (error) {
    if (isCallError(error)) throw error
  }
}
