import { join } from 'node:path'
import { pinned } from './runtimes.ts'

/** What a runtime showed, or should show: each thing that was tried, with what came of it. */
export type Facts = Readonly<Record<string, unknown>>

/** What the client reports for each failure: the error's `code` and `outcome`. */
export const ladder: Facts = {
  'refused connection': 'not_sent, not-sent',
  'unknown host': 'not_sent, not-sent',
  'failed TLS handshake': 'not_sent, not-sent',
  'abort before sending': 'aborted, not-sent',
  'abort after sending': 'aborted, unknown',
  timeout: 'timeout, unknown',
  'connection reset': 'connection_lost, unknown',
  'truncated answer': 'connection_lost, unknown',
  'success that is not JSON': 'malformed_response, unknown',
  'HTML from a gateway (502)': 'http, unknown',
  'rate limit (429)': 'http, rejected',
  'error with status 403': 'api, rejected',
  'error with status 500': 'api, unknown',
  'error with status 200': 'api, rejected',
  'job that breaks the contract': 'contract_violation, accepted',
  'missing secret key': 'configuration, not-sent',
}

/** What is expected of one runtime. */
export interface Expected {
  readonly title: string
  readonly facts: Facts
  /** Whether the mock runs on it too. */
  readonly servesMock?: true
}

/**
 * `arrivals`: how often a call arrives at most when each reused connection drops, the client's and that of bare `fetch`;
 * and how often after a 421.
 */
function facts(runtime: string, arrivals: readonly [number, number, number], differs: Facts = {}): Facts {
  const [ours, bare, misdirected] = arrivals
  const counted = { 'arrivals of a call': ours, 'arrivals of a bare fetch': bare, 'arrivals after 421': misdirected }
  const all = { ...ladder, ...differs, ...counted }
  return { runtime, 'queues a job': true, ...all }
}

const blurred = (...names: string[]): Facts =>
  Object.fromEntries(names.map((name) => [name, 'connection_lost, unknown']))
const unsent = blurred('refused connection', 'unknown host', 'failed TLS handshake')
const version = (name: string) => pinned[name] ?? 'not pinned'
const node = (name: string) => ({
  title: `Node ${version(name).split('.')[0]}`,
  facts: facts(version(name), [1, 1, 2]),
})
const workerd = (name: string, arrivals: number) => ({
  title: version(name).replace(/^1\.(....)(..)(..)\..*/, 'workerd $1-$2-$3'),
  facts: facts('Cloudflare-Workers', [arrivals, arrivals, 1], unsent),
})

/** The runtimes by the name they are installed under. */
export const expected: Readonly<Record<string, Expected>> = {
  'node-20': node('node-20'),
  'node-22': { ...node('node-22'), servesMock: true },
  'node-24': { ...node('node-24'), servesMock: true },
  'node-26': { ...node('node-26'), servesMock: true },
  // Bun reports a failed handshake and one that fails after the request arrived with the same words.
  bun: { title: `Bun ${version('bun')}`, facts: facts(version('bun'), [1, 2, 1], blurred('failed TLS handshake')) },
  deno: { title: `Deno ${version('deno')}`, facts: facts(version('deno'), [1, 2, 1]) },
  'workerd-earlier': workerd('workerd-earlier', 1),
  // From this release on workerd repeats a GET by itself, and nothing a program can set prevents it.
  workerd: workerd('workerd', 2),
  chromium: { title: 'Chromium', facts: facts('Chrome', [2, 2, 2], unsent) },
}

/** Everything in which a runtime was not as expected, a line each. */
export function disagreements({ title, facts }: Expected, seen: Facts): string[] {
  return Object.keys({ ...facts, ...seen })
    .filter((name) => facts[name] !== seen[name])
    .map((name) => `${title}: ${name}: expected ${facts[name]}, saw ${seen[name]}`)
}

/** Whether a run fails. A machine may lack a runtime, but not the one that vouches for the table. */
export const fails = (wrong: readonly string[], missing: readonly string[], inCi: boolean): boolean =>
  wrong.length > 0 || (missing.length > 0 && inCi)

/** Where readers find the table. */
export const readme = join(import.meta.dirname, '../../../../README.md')

// What to say of the two counts of arrivals.
const dropped = '**no**: the runtime itself may send a call again when a reused connection drops'
const once: Readonly<Record<string, string>> = {
  '1 1': 'yes',
  '1 2': 'yes, but once more after a 421',
  '2 1': dropped,
  '2 2': `${dropped}, or after a 421`,
}

/** The "runs on" table for readers. */
export function runsOn(): string {
  const rows = Object.values(expected).map(({ title, facts, servesMock }) => {
    const blurs = Object.keys(ladder).filter((name) => facts[name] !== ladder[name])
    const exact = blurs.length === 0 ? 'all' : `all but ${blurs.join(', ')}: outcome unknown here`
    const promise = once[`${facts['arrivals of a call']} ${facts['arrivals after 421']}`]
    return [title, exact, promise, servesMock ? 'yes' : '–']
  })
  const head = ['runs on', 'failures told apart', 'every call sent once', 'mock']
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |\n`).join('')
}
