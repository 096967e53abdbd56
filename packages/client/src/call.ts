import { advice, readAnswer, safeHeaders } from './answer.ts'
import { type Authorization, authorize } from './auth.ts'
import { type Context, refuse } from './context.ts'
import { type End, startDeadline } from './deadline.ts'
import { isBrowser, noStore } from './environment.ts'
import { CallError, ConfigurationError, NotSentError, UnknownOutcomeError } from './errors.ts'
import { baseUrlOf } from './hosts.ts'
import { quietly } from './log.ts'
import type { CallOptions } from './options.ts'
import { placeParameters } from './parameters.ts'
import { describeFailure, withoutSecrets } from './redact.ts'
import { retryDelay } from './retry.ts'
import { writeRequest } from './transport.ts'

/** One call from parameters to answer, with the response put where `seen` says. It throws {@link CallError}s only. */
export async function perform(
  call: Context,
  parameters?: Readonly<Record<string, unknown>>,
  own: CallOptions = {},
  seen: { response?: Response } = {},
): Promise<unknown> {
  const { name, operation, contract, options, runtime } = call
  const { method, path, policy, security } = operation
  const { timeoutMs = options.timeoutMs ?? 30_000, maxRetries = options.maxRetries ?? 2 } = own
  // A timer takes a wrong number for 1 ms.
  if (!(timeoutMs > 0 && timeoutMs < 2 ** 31)) refuse(call, '`timeoutMs` must be more than 0 and less than 2 ** 31')
  const placed = placeParameters(call, parameters)
  const baseUrl = baseUrlOf(call)

  const whole = startDeadline(timeoutMs, own.signal)
  let authorization: Authorization | undefined
  let sent = false
  try {
    for (let attempt = 0; ; attempt++) {
      const deadline = policy.share(whole, maxRetries - attempt)
      const connection = policy.stateChanging ? runtime.ownConnection() : {}
      const start = performance.now()
      const report = (level: 'info' | 'warn' | 'error', details: object, message: string) =>
        quietly(() => {
          const ms = performance.now() - start
          options.logger?.[level]({ operation: name, method, path, attempt, ms, ...details }, message)
        })
      const scrub = (text: string) => withoutSecrets(text, authorization?.secrets)
      delete seen.response
      try {
        if (!authorization) {
          const found = authorize(call, security)
          // Waiting for what is there already would only take time.
          authorization = found instanceof Promise ? await whole.race(found) : found
        }
        const { url, init } = writeRequest(operation, baseUrl, placed, {
          ...(!isBrowser() && { 'user-agent': contract.userAgent }),
          ...own.headers,
          ...authorization.headers,
        })
        if (whole.ended()) throw whole.ended()
        sent = true
        const response = await deadline.race(
          (options.fetch ?? fetch)(url, {
            ...init,
            signal: deadline.signal,
            redirect: 'manual',
            ...noStore(),
            ...connection.init,
          }),
        )
        const { status, headers } = response
        seen.response = response
        if (options.logger) report('info', { status, headers: safeHeaders(headers, scrub) }, 'answered')
        const data = await readAnswer(call, response, deadline, scrub)
        options.validate?.(name, status, data, options)
        return data
      } catch (failure) {
        const error = explain(
          failure,
          call,
          whole.ended() ?? deadline.ended(),
          sent,
          seen.response !== undefined,
          scrub,
        )
        if (error instanceof NotSentError) sent = false
        const wait = retryDelay(error, attempt)
        const again =
          attempt < maxRetries &&
          wait < whole.left() &&
          !whole.ended() &&
          (error instanceof NotSentError || policy.repeats(error))
        report(again ? 'warn' : 'error', { code: error.code, outcome: error.outcome }, error.message)
        if (!again) throw error
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

/** The rung of the ladder for whatever was thrown. */
function explain(
  failure: unknown,
  { name, operation, runtime }: Context,
  end: End | undefined,
  sent: boolean,
  answered: boolean,
  scrub: (text: string) => string,
): CallError {
  if (failure instanceof CallError) return failure
  if (!sent && !end) {
    return new ConfigurationError('no request can be written from these parameters, headers and body', {
      operation: name,
    })
  }
  const cause = describeFailure(failure, scrub)
  const why = end ? (end.code === 'timeout' ? 'the time is over' : 'the call was aborted') : cause.message
  return (end ? sent : answered || !runtime.provesNotSent(failure))
    ? new UnknownOutcomeError(`no complete answer (${why}). ${advice(operation)}`, {
        operation: name,
        ...(end ?? { code: 'connection_lost', cause }),
      })
    : new NotSentError(`not sent (${why})`, { operation: name, ...(end ?? { code: 'not_sent', cause }) })
}
