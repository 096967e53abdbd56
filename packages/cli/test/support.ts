import { PassThrough } from 'node:stream'
import { type Client, type ClientOptions, createClient, type Install } from '@image-install-queue/client'
import { run } from '../src/run.ts'

type Fetch = NonNullable<NonNullable<Parameters<typeof createClient>[0]>['fetch']>

/** A client of an account without retries, over a `fetch` that replaces the API. */
export const clientOver = (fetch: Fetch, accountserviceid = 5678): Client =>
  createClient({
    accessKey: 'any',
    secretKey: 'keys',
    accountserviceid,
    baseUrl: 'http://127.0.0.1:9',
    maxRetries: 0,
    fetch,
  })

/** A list of installs, another body, a response, an error of the connection, or a function that returns one of them. */
type Reply = object | (() => Reply)

/**
 * A client of a server that sends one list after the other, the last one forever. Requests to queue are accepted, except
 * as given by job.
 */
export function scripted(lists: readonly Reply[], queued: Readonly<Record<number, Reply>> = {}) {
  const requested: string[] = []
  const sent: string[] = []
  let listed = 0
  const client = clientOver(async (input) => {
    const url = new URL(input instanceof Request ? input.url : input)
    requested.push(url.pathname)
    const [, jobid] = /(\d+)\/queue$/.exec(url.pathname) ?? []
    if (!jobid) return respond(lists[Math.min(listed++, lists.length - 1)] ?? [])
    sent.push(`${jobid} ${url.searchParams.get('mirroring')}`)
    return respond(queued[Number(jobid)] ?? { versionmirrorid: 1, jobstateid: 3, jobstatename: 'Queued' })
  })
  return { client, requested, sent }
}

function respond(reply: Reply): Response {
  if (typeof reply === 'function') return respond(reply())
  if (reply instanceof Error) throw reply
  if (reply instanceof Response) return reply.clone()
  return Response.json(Array.isArray(reply) ? { installs: reply } : reply)
}

/** A client that always gets the same list. */
export const api = (installs: readonly unknown[], queued: Readonly<Record<number, Reply>> = {}) =>
  scripted([installs], queued)

/** A client of a server that does not respond. */
export const silent = (onRequest = () => {}) =>
  clientOver((_, init) => {
    const response = hang(init?.signal)
    onRequest()
    return response
  })

/** A response that never arrives. */
export const hang = (signal?: AbortSignal | null) =>
  new Promise<Response>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))

export const waiting: Install = { jobid: 1, jobstateid: 2, mirroring: true, target_imageversionid: 77 }

export const lost = () =>
  new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) })

/** Runs a command line in process and keeps what it prints. */
export async function command(
  line: string,
  client: Client | ((options: ClientOptions) => Client),
  {
    isTTY = false,
    noTerminal,
    env = {},
    signal = new AbortController().signal,
    reply = '',
    columns = 80,
    rows = 24,
    hasColors = false,
    failingWrite = Number.POSITIVE_INFINITY,
  }: {
    isTTY?: boolean
    /** The stream that is not a terminal although the others are. */
    noTerminal?: 'stdin' | 'stderr'
    env?: Record<string, string>
    signal?: AbortSignal
    reply?: string
    columns?: number
    rows?: number
    hasColors?: boolean
    /** The write to stdout that fails, counted from 1, and with it every later one. */
    failingWrite?: number
  } = {},
) {
  const terminal = { isTTY, columns, rows, hasColors: () => hasColors }
  const stream = () => Object.assign(new PassThrough({ encoding: 'utf8' }), terminal)
  const [stdin, stdout, stderr] = [stream(), stream(), stream()]
  if (noTerminal) Object.assign({ stdin, stderr }[noTerminal], { isTTY: false })
  let [out, err] = ['', '']
  let writes = 0
  stdout.on('data', (text) => {
    out += text
  })
  const write = (text: string, done: (error?: Error) => void) => {
    const failure = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', syscall: 'write' })
    const isFailing = ++writes >= failingWrite
    out += isFailing ? '' : text
    done(isFailing ? failure : undefined)
    return true
  }
  if (failingWrite < Number.POSITIVE_INFINITY) Object.assign(stdout, { write })
  stderr.on('data', (text) => {
    err += text
  })
  stdin.end(reply)
  const exit = await run(line.split(' '), {
    createClient: (options) => (typeof client === 'function' ? client(options) : client),
    ignoreHangup: () => {},
    env: { CLANFORGE_BASE_URL: 'http://127.0.0.1:9', CLANFORGE_ACCOUNT_SERVICE_ID: '5678', ...env },
    ...{ stdin, stdout, stderr, signal },
  })
  // The last write is read in the next turn.
  await new Promise((resolve) => setImmediate(resolve))
  return {
    exit,
    out,
    err,
    lines: () =>
      out
        .trim()
        .split('\n')
        .map((json) => JSON.parse(json)),
  }
}
