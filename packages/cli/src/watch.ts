/**
 * Watches image installs until they finish, for programs.
 *
 * @module
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Client } from '@image-install-queue/client'
import { pollInstalls, type WatchEvent, type WatchOptions } from './poll.ts'

export type { InstallOutcome, KnownJob } from './outcomes.ts'
export {
  type JobFinished,
  type JobSeen,
  type ListWarning,
  type RequestError,
  type WatchEvent,
  type WatchOptions,
  WatchTimeoutError,
} from './poll.ts'

/**
 * Lists installs repeatedly, one request after the other, and yields what changes, starting with what is listed first. It
 * ends when every watched job has finished; each job ends with one event: `ended`, `gone` or `not-found`.
 *
 * Failed requests are yielded as `error` events and repeated, with two exceptions that are thrown: a failure before
 * anything is known of the jobs, and the fifth rejection in a row.
 *
 * @throws {ConfigurationError} if options or credentials are missing or invalid
 * @throws {AnyCallError} if the first list request fails, without jobs in `known`
 * @throws {HttpError} (also as `ApiError`) if five list requests in a row are rejected, rate limiting excluded
 * @throws {MalformedResponseError} without `jobids` and `known`, if the first list has an entry without a usable `jobid`
 * @throws {WatchTimeoutError} after `timeoutMs`
 * @throws {RangeError} if `everyMs` or `timeoutMs` is not from 1 to 2147483647
 * @throws {TypeError} if `select` is combined with `jobids` or `known`
 * @throws the reason of `signal` when it aborts
 * @example
 * ```ts
 * for await (const event of watchImageInstalls(createClient(), { jobids: [1003], everyMs: 5_000 })) {
 *   if (event.change === 'ended' || event.change === 'gone') console.log(event.jobid, event.outcome)
 * }
 * ```
 */
export async function* watchImageInstalls(
  client: Client,
  options: WatchOptions,
): AsyncGenerator<WatchEvent, void, undefined> {
  for await (const { events } of pollInstalls(client, options)) {
    for (const event of events) {
      yield event
      // Timers and signals are served however many events one response has.
      await nextTurn()
      options.signal?.throwIfAborted()
    }
  }
}
