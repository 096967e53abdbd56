import manifest from '../package.json' with { type: 'json' }
import { readArgs, UsageError, usage } from './args.ts'
import { sample, specSha256, specVersion } from './generated/contract.gen.ts'
import { createHandler } from './handler.ts'
import { createLog, type Log } from './log.ts'
import { type Listening, serve } from './serve.ts'

/**
 * Runs the command until it is told to stop.
 *
 * @returns the exit code: 0 when all went well, 1 when the port cannot be had, 2 for a wrong flag or value
 */
export async function run(args: readonly string[]): Promise<number> {
  try {
    const { port, host, quiet, json, version, help } = readArgs(args)
    if (help) return say(usage)
    if (version) return say(`${manifest.name} ${manifest.version}\ncontract ${specVersion}, sha256 ${specSha256}`)
    const log = createLog({ quiet, json })
    const handler = createHandler(() => undefined)
    const server = await serve(
      (incoming) => {
        const start = performance.now()
        const outcome = handler(incoming)
        log.answered(incoming, outcome, performance.now() - start)
        return outcome
      },
      port,
      host,
    )
    announce(log, server, host)
    await untilStopped()
    await server.close()
    return 0
  } catch (error) {
    if (error instanceof UsageError) return complain(2, `${error.message} --help lists the flags.`)
    const reason = error instanceof Error && 'code' in error ? reasons[String(error.code)] : undefined
    if (reason) return complain(1, reason)
    throw error
  }
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'The port is taken. Choose another with --port, or a free one with --port 0.',
  EACCES: 'The port may not be used. Choose one above 1023 with --port.',
  EADDRNOTAVAIL: 'The address given with --host is not one of this machine.',
  ENOTFOUND: 'The name given with --host is not known.',
}

function announce(log: Log, { url }: Listening, host: string): void {
  log.line(`${manifest.name} ${manifest.version}, contract ${specVersion}, listens on ${url}`, {
    event: 'listening',
    url,
    specVersion,
  })
  if (!['127.0.0.1', '::1', 'localhost'].includes(host)) {
    const warning = `With --host ${host} other machines can reach the mock: it asks for no real credentials, and --proxy would forward theirs.`
    log.line(warning, { event: 'warning', warning })
  }
  if (sample) {
    const headers = Object.entries(sample.headers).map(([name, value]) => ` --header '${name}: ${value}'`)
    const curl = `curl --request ${sample.method} --user key:secret${headers.join('')} '${url}${sample.target}'`
    log.line(`Try: ${curl}`, { event: 'hint', curl })
  }
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
}

function say(text: string): 0 {
  process.stdout.write(`${text}\n`)
  return 0
}

function complain(code: 1 | 2, text: string): number {
  process.stderr.write(`${text}\n`)
  return code
}
