import { createClient } from '@image-install-queue/client'
import * as contract from '@image-install-queue/client/validate'

// Plain JavaScript without Node APIs: every runtime runs this file against the packed client.

const keys = { accessKey: 'key', secretKey: 'secret', accountserviceid: 5678, maxRetries: 0 }
const call = { jobid: 1005, mirroring: true }

/** Queues a job, provokes every failure, and calls the counting server. `at` contains the URLs of the servers. */
export async function probe(at) {
  const clanforge = createClient({ ...keys, baseUrl: at.mock })
  const queue = (change, how) => clanforge.queueImageInstall({ ...call, ...change }, how)
  const fault = (value, how) => queue({}, { ...how, headers: { 'mock-fault': value } })
  const elsewhere = (options) => createClient({ ...keys, ...options }).queueImageInstall(call)

  const failures = {
    'refused connection': () => elsewhere({ baseUrl: at.refused }),
    'unknown host': () => elsewhere({ baseUrl: 'https://unknown.invalid', dangerouslyAllowBrowser: true }),
    'failed TLS handshake': () => elsewhere({ baseUrl: at.mock.replace('http:', 'https:') }),
    'abort before sending': () => queue({}, { signal: AbortSignal.abort() }),
    'abort after sending': () => fault('hang', { signal: AbortSignal.timeout(500) }),
    timeout: () => fault('hang', { timeoutMs: 500 }),
    'connection reset': () => fault('reset'),
    'truncated response': () => fault('truncate'),
    'success that is not JSON': () => elsewhere({ baseUrl: at.mock, fetch: withoutJson }),
    'HTML from a gateway (502)': () => fault('html-502'),
    'rate limit (429)': () => fault('rate-limit; retry-after=2'),
    'error with status 403': () => queue({ jobid: 4003 }),
    'error with status 500': () => queue({ jobid: 5000 }),
    'error with status 200': () => queue({ jobid: 2001 }),
    'job that breaks the contract': () => elsewhere({ baseUrl: at.mock, ...strict, fetch: withoutItsId }),
    'missing secret key': () => elsewhere({ baseUrl: at.mock, secretKey: '' }),
  }
  const job = await queue()
  const facts = { runtime: runtimeVersion(), 'queues a job': 'versionmirrorid' in job }
  for (const [name, call] of Object.entries(failures)) facts[name] = await outcomeOf(call)

  // The counting server drops reused connections and returns 421 for one job. It counts; the results do not matter here.
  const counted = createClient({ ...keys, baseUrl: at.counter })
  for (const jobid of [1001, 1002, 1003, at.misdirectedJob]) {
    await outcomeOf(() => counted.queueImageInstall({ ...call, jobid }))
  }
  for (const n of [1, 2, 3]) await outcomeOf(() => fetch(`${at.counter}/bare/${n}`).then((response) => response.text()))
  return facts
}

const strict = { validate: contract.validate, onContractViolation: 'throw' }

async function withoutItsId(...request) {
  const { versionmirrorid, ...rest } = await (await fetch(...request)).json()
  return Response.json({ ...rest, versionmirrorid: `${versionmirrorid}` })
}

const withoutJson = async (...request) => new Response(await (await fetch(...request)).text().then(() => 'queued'))

async function outcomeOf(call) {
  try {
    return `succeeded: ${JSON.stringify(await call())}`
  } catch (error) {
    return error.code ? `${error.code}, ${error.outcome}` : `${error}`
  }
}

function runtimeVersion() {
  const { Bun, Deno, process, navigator } = globalThis
  return (
    Bun?.version ??
    Deno?.version.deno ??
    process?.versions?.node ??
    /Chrome|Cloudflare-Workers/.exec(navigator.userAgent)?.[0]
  )
}
