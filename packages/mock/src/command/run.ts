import { renameSync, rmSync, writeFileSync } from 'node:fs'
import manifest from '../../package.json' with { type: 'json' }
import { sample, specSha256, specVersion } from '../contract.ts'
import { isLoopback } from '../control.ts'
import { createHandler } from '../handler.ts'
import { type MockRequest, problem } from '../message.ts'
import { createProxy } from '../proxy/proxy.ts'
import { createReport } from '../proxy/report.ts'
import { type Handler, serve } from '../serve.ts'
import { createSessions } from '../session.ts'
import type { MockServer } from '../types.ts'
import { readArgs, UsageError, usage } from './args.ts'
import { createLog, type Log } from './log.ts'

type Args = ReturnType<typeof readArgs>

/** The parts of the process that the command depends on. */
interface Surroundings {
  readonly env?: NodeJS.ProcessEnv
  /** Resolves when it is time to stop. */
  readonly stopped?: () => Promise<unknown>
}

/**
 * Runs the command until SIGINT or SIGTERM.
 *
 * @returns the exit code: 0 after a signal, 1 if the port or a file is not available, 2 for an invalid flag or value
 */
export async function run(args: readonly string[], surroundings: Surroundings = {}): Promise<number> {
  const { env = process.env, stopped = onSignal() } = surroundings
  try {
    const read = readArgs(args, env)
    if (read.help) return print(usage)
    if (read.version)
      return print(`${manifest.name} ${manifest.version}\ncontract ${specVersion}, sha256 ${specSha256}`)
    await serveUntil(stopped, read)
    return 0
  } catch (error) {
    if (error instanceof UsageError) return complain(2, `${error.message} --help lists the flags.`)
    if (!(error instanceof Error && 'code' in error && 'syscall' in error)) throw error
    return complain(1, reasons[`${error.syscall} ${error.code}`] ?? error.message)
  }
}

const reasons: Readonly<Record<string, string>> = {
  'listen EADDRINUSE': 'The port is in use. Choose another with --port, or a free one with --port 0.',
  'listen EACCES': 'Permission to use the port is denied. Choose one above 1023 with --port.',
  'listen EADDRNOTAVAIL': 'The address of --host does not belong to this machine.',
  'getaddrinfo ENOTFOUND': 'The name of --host is not known.',
}

async function serveUntil(stopped: () => Promise<unknown>, args: Args): Promise<void> {
  const { port, host, 'address-file': addressFile } = args
  const log = createLog(args)
  const pending = new Set<MockRequest>()
  // An old file would name a mock that no longer runs.
  if (addressFile !== undefined) rmSync(addressFile, { force: true })
  let handler: Handler = () => ({ response: problem('no-response', 'The mock is starting.') })
  const server = await serve(
    (request) => handler(request),
    port,
    host,
    (status, reason) => log.line(`${status} malformed request: ${reason}`, { event: 'malformed', status, reason }),
  )
  try {
    // After listening, because it writes the report: a start that fails must not overwrite that of an earlier one.
    handler = logged(log, createHandlerFor(args), pending)
    if (addressFile !== undefined) writeAddress(addressFile, server.url)
    announce(log, server, args)
    await stopped()
    if (pending.size > 0) {
      const fields = { event: 'stopped', unansweredRequests: pending.size }
      log.line(`Stopped with ${pending.size} forwarded requests unanswered; their outcome is unknown.`, fields)
    }
  } finally {
    if (addressFile !== undefined) rmSync(addressFile, { force: true })
    await server.close()
  }
}

function createHandlerFor({ upstream, errors, report, host, control, 'no-sequences': first }: Args): Handler {
  if (upstream) return createProxy(upstream, errors, report === undefined ? undefined : createReport(report, upstream))
  const handler = createHandler(createSessions(!first))
  const isControlAllowed = control || isLoopback(host)
  return (request) => handler(request, isControlAllowed)
}

/** @param pending collects the requests without a response */
function logged(log: Log, handler: Handler, pending: Set<MockRequest>): Handler {
  return async (request) => {
    const start = performance.now()
    pending.add(request)
    try {
      const result = await handler(request)
      log.handled(request, result, performance.now() - start)
      return result
    } finally {
      pending.delete(request)
    }
  }
}

/** Renamed in one step, so that a reader never sees half an address. */
function writeAddress(file: string, url: string): void {
  writeFileSync(`${file}.tmp`, `${url}\n`)
  renameSync(`${file}.tmp`, file)
}

function announce(log: Log, { url }: MockServer, { host, control, upstream }: Args): void {
  const title = `${manifest.name} ${manifest.version}, contract ${specVersion}`
  log.line(`${title}, listens on ${url}`, { event: 'listening', url, specVersion, pid: process.pid })
  if (upstream) log.line(`Forwarding to ${upstream.href}`, { event: 'proxy', upstream: upstream.href })
  if (!isLoopback(host)) {
    const readers = control ? ' They can also read the request log and inject faults.' : ''
    const warning = `--host ${host}: other machines can connect, and any credentials are accepted.${readers}`
    log.line(warning, { event: 'warning', warning })
  }
  if (sample && !upstream) {
    const curl = ['curl', ...sample.flags, `'${url}${sample.target}'`].join(' ')
    log.line(`Try: ${curl}`, { event: 'hint', curl })
  }
}

/** Listens for signals at once: process 1 of a container ignores a signal that it does not handle. */
function onSignal(): () => Promise<unknown> {
  const signal = new Promise((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  return () => signal
}

function print(text: string): number {
  process.stdout.write(`${text}\n`)
  return 0
}

function complain(exitCode: 1 | 2, text: string): number {
  process.stderr.write(`${text}\n`)
  return exitCode
}
