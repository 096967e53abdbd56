import { advice, readAnswer, safeHeaders } from './answer.ts'
import { type Authorization, authorize } from './auth.ts'
import { type Context, refuse } from './context.ts'
import { type End, startDeadline } from './deadline.ts'
import { isBrowser, noStore } from './environment.ts'
import { type CallError, ConfigurationError, isCallError, NotSentError, UnknownOutcomeError } from './errors.ts'
import { baseUrlOf } from './hosts.ts'
import { quietly } from './log.ts'
import type { CallOptions } from './options.ts'
import { placeParameters, show } from './parameters.ts'
import { describeFailure, withoutSecrets } from './redact.ts'
import { retryDelay } from './retry.ts'
import { writeRequest } from './transport.ts'

/** One call from parameters to answer, with the response put where `seen` says. It throws {@link CallError}s only. */
export async function perform(
  call: Context,
  parameters: Readonly<Record<string, unknown>>,
  own: CallOptions,
  seen: { response?: Response },
): Promise<unknown> {
  const { name, operation, contract, options, runtime } = call
  const { method, path, policy, security } = operation
  const { timeoutMs = options.timeoutMs ?? 30_000, maxRetries = options.maxRetries ?? 2, signal } = own
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
  const placed = placeParameters(call, parameters)
  const baseUrl = baseUrlOf(call)

  const whole = startDeadline(timeoutMs, signal)
  let authorization: Authorization | undefined
  let sent = false
  let lost: CallError | undefined
  try {
    for (let attempt = 0; ; attempt++) {
      const deadline = policy.share(whole, maxRetries - attempt)
      const connection = policy.stateChanging ? runtime.ownConnection() : {}
      const start = performance.now()
      const report = (level: 'info' | 'warn' | 'error', details: object, message: string) =>
        quietly(() => {
          const ms = performance.now() - start
          return options.logger?.[level]({ operation: name, method, path, attempt, ms, ...details }, message)
        })
      const scrub = (text: string) => withoutSecrets(text, authorization?.secrets)
      delete seen.response
      try {
        if (!authorization) {
          const found = authorize(call, security)
          // Waiting for what is there already would only take time.
          authorization = found instanceof Promise ? await whole.race(found) : found
        }
        const headers = { ...(!isBrowser() && { 'user-agent': contract.userAgent }), ...own.headers }
        const { url, init } = writeRequest(operation, baseUrl, placed, headers, authorization.headers)
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
        const { status } = response
        seen.response = response
        if (options.logger) report('info', { status, headers: safeHeaders(response.headers, scrub) }, 'answered')
        const data = await readAnswer(call, response, deadline, scrub)
        check(call, status, data)
        return data
      } catch (failure) {
        const end = whole.ended() ?? deadline.ended()
        const error = explain(failure, call, { end, sent, answered: !!seen.response, headers: own.headers, scrub })
        if (error instanceof NotSentError) sent = false
        else lost = error
        const wait = retryDelay(error, attempt)
        const again =
          attempt < maxRetries &&
          wait < whole.left() &&
          !whole.ended() &&
          (error instanceof NotSentError || policy.repeats(error))
        report(again ? 'warn' : 'error', { code: error.code, outcome: error.outcome }, error.message)
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

/** Lets `validate` report; of what it throws only a rung of the ladder counts, since the answer is there. */
function check({ name, options }: Context, status: number, data: unknown): void {
  try {
    options.validate?.(name, status, data, options)
  } catch (error) {
    if (isCallError(error)) throw error
  }
}

/** How far an attempt came. */
interface Progress {
  readonly end: End | undefined
  readonly sent: boolean
  readonly answered: boolean
  readonly headers: CallOptions['headers']
  scrub(text: string): string
}

/** The rung of the ladder for whatever was thrown. */
function explain(
  failure: unknown,
  { name, operation, runtime }: Context,
  { end, sent, answered, headers, scrub }: Progress,
): CallError {
  if (isCallError(failure)) return failure
  if (!sent && !end) {
    const header = Object.entries(headers ?? {}).find((entry) => !isHeader(entry))?.[0]
    const part = header === undefined ? 'a parameter or `body`' : `the header \`${header}\``
    return new ConfigurationError(`${part} cannot be written as part of a request`, { operation: name })
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

/** `Headers` would print the value in its own error. */
function isHeader(entry: [string, string]): boolean {
  try {
    return !!new Headers([entry])
  } catch {
    return false
  }
}
