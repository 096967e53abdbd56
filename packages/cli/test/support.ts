import { PassThrough } from 'node:stream'
import { type Client, type ClientOptions, createClient, type Install } from '@image-install-queue/client'
import { run } from '../src/run.ts'

type Fetch = NonNullable<NonNullable<Parameters<typeof createClient>[0]>['fetch']>

/** A client of an account, over a `fetch` that stands in for the API. It repeats nothing. */
export const clientOver = (fetch: Fetch, accountserviceid = 5678): Client =>
  createClient({
    accessKey: 'any',
    secretKey: 'keys',
    accountserviceid,
    baseUrl: 'http://127.0.0.1:9',
    maxRetries: 0,
    fetch,
  })

/** One answer after the other to whoever lists; the last one stays. */
export function scripted(answers: readonly (readonly object[] | Response | Error)[]) {
  const asked: string[] = []
  const client = clientOver(async (input) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)]
    asked.push(String(input instanceof Request ? input.url : input))
    if (answer instanceof Error) throw answer
    return answer instanceof Response ? answer.clone() : Response.json({ installs: answer })
  })
  return { client, asked }
}

/** The list as given, whatever is queued accepted unless it is told otherwise. */
export function api(installs: readonly unknown[], queued: Readonly<Record<number, () => Response>> = {}) {
  const sent: string[] = []
  const client = clientOver(async (input) => {
    const { pathname, searchParams } = new URL(input instanceof Request ? input.url : input)
    const [, jobid] = /(\d+)\/queue$/.exec(pathname) ?? []
    if (!jobid) return Response.json({ installs })
    sent.push(`${jobid} ${searchParams.get('mirroring')}`)
    return queued[Number(jobid)]?.() ?? Response.json({ versionmirrorid: 1, jobstateid: 3, jobstatename: 'Queued' })
  })
  return { client, sent }
}

export const waiting: Install = { jobid: 1, jobstateid: 2, mirroring: true, target_imageversionid: 77 }

export const lost = () =>
  new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) })

/** Runs a command line in process and keeps what it prints. */
export async function command(
  line: string,
  client: Client | ((options: ClientOptions) => Client),
  {
    isTTY = false,
    env = {},
    signal = new AbortController().signal,
    answer = '',
    columns = 80,
    rows = 24,
  }: {
    isTTY?: boolean
    env?: Record<string, string>
    signal?: AbortSignal
    answer?: string
    columns?: number
    rows?: number
  } = {},
) {
  const stream = () => Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY, columns, rows })
  const [stdin, stdout, stderr] = [stream(), stream(), stream()]
  let [out, err] = ['', '']
  stdout.on('data', (text) => {
    out += text
  })
  stderr.on('data', (text) => {
    err += text
  })
  stdin.end(answer)
  const exit = await run(line.split(' '), {
    createClient: (options) => (typeof client === 'function' ? client(options) : client),
    ignoreHangup: () => {},
    env: { CLANFORGE_BASE_URL: 'http://127.0.0.1:9', CLANFORGE_ACCOUNT_SERVICE_ID: '5678', ...env },
    ...{ stdin, stdout, stderr, signal },
  })
  // What is written last is read in the next turn.
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
