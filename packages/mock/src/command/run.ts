import manifest from '../../package.json' with { type: 'json' }
import { sample } from '../contract.ts'
import type { Handled } from '../handled.ts'
import { createHandler } from '../handler.ts'
import { createMemory } from '../memory.ts'
import type { Incoming } from '../message.ts'
import { problem } from '../problem.ts'
import { createProxy } from '../proxy/proxy.ts'
import { createReport } from '../proxy/report.ts'
import { type Handler, serve } from '../serve.ts'
import type { MockServer } from '../types.ts'
import { specSha256, specVersion } from '../version.ts'
import { isLoopback, readArgs, UsageError, usage } from './args.ts'
import { createLog, type Log } from './log.ts'

type Args = ReturnType<typeof readArgs>

/**
 * Runs the command until it is told to stop.
 *
 * @param stopped settles when it is time to stop; by default on SIGINT or SIGTERM
 * @returns the exit code: 0 when all went well, 1 when the port or the report cannot be had, 2 for a wrong flag or value
 */
export async function run(args: readonly string[], stopped = untilSignal): Promise<number> {
  try {
    const read = readArgs(args)
    if (read.help) return say(usage)
    if (read.version) return say(`${manifest.name} ${manifest.version}\ncontract ${specVersion}, sha256 ${specSha256}`)
    const log = createLog(read)
    const waiting = new Set<Incoming>()
    let handler: Handler = () => ({ reply: problem('no-answer', 'The mock has not started yet.') })
    const server = await serve((incoming) => handler(incoming), read.port, read.host)
    try {
      // Only now, since it writes the report: a start that fails must not cost that of an earlier one.
      handler = logged(log, handlerFor(read), waiting)
    } catch (error) {
      await server.close()
      throw error
    }
    announce(log, server, read)
    await stopped()
    if (waiting.size > 0) {
      const fields = { event: 'stopped', unansweredRequests: waiting.size }
      log.line(
        `Stopped before ${waiting.size} of the calls passed on had an answer: what became of them is not known.`,
        fields,
      )
    }
    await server.close()
    return 0
  } catch (error) {
    if (error instanceof UsageError) return complain(2, `${error.message} --help lists the flags.`)
    if (!(error instanceof Error && 'code' in error && 'syscall' in error)) throw error
    return complain(1, reasons[`${error.syscall} ${error.code}`] ?? error.message)
  }
}

const reasons: Readonly<Record<string, string>> = {
  'listen EADDRINUSE': 'The port is taken. Choose another with --port, or a free one with --port 0.',
  'listen EACCES': 'The port may not be used. Choose one above 1023 with --port.',
  'listen EADDRNOTAVAIL': 'The address given with --host is not one of this machine.',
  'getaddrinfo ENOTFOUND': 'The name given with --host is not known.',
}

function handlerFor({ upstream, errors, report, 'no-sequences': first }: Args): Handler {
  if (!upstream) return createHandler(createMemory(!first))
  return createProxy(upstream, errors, report === undefined ? undefined : createReport(report, upstream))
}

/** @param waiting holds what has no answer yet */
function logged(log: Log, handler: Handler, waiting: Set<Incoming>): Handler {
  return (incoming) => {
    const start = performance.now()
    const answered = (handled: Handled) => {
      log.answered(incoming, handled, performance.now() - start)
      return handled
    }
    const handled = handler(incoming)
    if (!(handled instanceof Promise)) return answered(handled)
    waiting.add(incoming)
    return handled.finally(() => waiting.delete(incoming)).then(answered)
  }
}

function announce(log: Log, { url }: MockServer, { host, upstream }: Args): void {
  const what = `${manifest.name} ${manifest.version}, contract ${specVersion}`
  log.line(`${what}, listens on ${url}`, { event: 'listening', url, specVersion })
  if (upstream) log.line(`Calls are passed on to ${upstream.href}`, { event: 'proxy', upstream: upstream.href })
  if (!isLoopback(host)) {
    const warning = `--host ${host}: other machines can reach this, and nobody is asked who they are.`
    log.line(warning, { event: 'warning', warning })
  }
  if (sample && !upstream) {
    const curl = ['curl', ...sample.flags, `'${url}${sample.target}'`].join(' ')
    log.line(`Try: ${curl}`, { event: 'hint', curl })
  }
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
}

function say(text: string): number {
  process.stdout.write(`${text}\n`)
  return 0
}

function complain(exitCode: 1 | 2, text: string): number {
  process.stderr.write(`${text}\n`)
  return exitCode
}
