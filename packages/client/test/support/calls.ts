import { type CallError, type CallOptions, type ClientOptions, createClient, isCallError } from '../../src/index.ts'

export const keys = { accessKey: 'test-access-key', secretKey: 'test-secret-key' }

export const mirrorJob = {
  versionmirrorid: 91011,
  jobcreated: 1700000000,
  jobfailed: 0,
  jobprogress: 0,
  jobstateid: 3,
  jobstatename: 'Queued',
  jobupdated: 1700000030,
}

/** A client without retries, unless a test sets them. */
export const clientOf = (baseUrl: string, options: ClientOptions = {}) =>
  createClient({ ...keys, accountserviceid: 5678, maxRetries: 0, baseUrl, ...options })

/** Queues an install from a server. */
export const queueFrom = (baseUrl: string, options: ClientOptions = {}, own: CallOptions = {}) =>
  clientOf(baseUrl, options).queueImageInstall({ jobid: 1234, mirroring: true }, own)

/** Queues an install with this `fetch`. */
export const queueThrough = (fetch: typeof globalThis.fetch, options: ClientOptions = {}, own: CallOptions = {}) =>
  queueFrom('http://127.0.0.1', { fetch, ...options }, own)

/** A `fetch`, by default one that returns a job, and the requests that it received. */
export function recorder(respond: () => Response | Promise<Response> = () => jsonResponse(mirrorJob)) {
  const requests: { url: string; init: RequestInit; headers: Headers }[] = []
  const fetch = async (url: unknown, init: RequestInit = {}) => {
    requests.push({ url: String(url), init, headers: new Headers(init.headers) })
    return respond()
  }
  return { fetch, requests }
}

/** The request with which a client queues an install. */
export async function sentWith(options: ClientOptions = {}, own: CallOptions = {}) {
  const { fetch, requests } = recorder()
  await queueThrough(fetch, options, own)
  const [request] = requests
  if (!request) throw new Error('nothing was sent')
  return request
}

export const jsonResponse = (value: unknown, init?: ResponseInit): Response =>
  new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json' }, ...init })

/** The error of a call that must fail. */
export async function failureOf(call: Promise<unknown>): Promise<CallError & Record<string, unknown>> {
  const value = await call.then(
    (result) => {
      throw new Error(`expected a failure, got ${JSON.stringify(result)}`)
    },
    (error: unknown) => error,
  )
  if (!isCallError(value)) throw value
  // The fields depend on the class, which tests compare.
  return value as CallError & Record<string, unknown>
}
