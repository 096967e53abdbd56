import { createRequire } from 'node:module'
import type { Install } from '@image-install-queue/client'
import { Command, CommanderError, Option } from 'commander'
import { duration, durationOrZero, flag, id, ids, oneOf, states } from './arguments.ts'
import { Exit, report } from './exit.ts'
import { type FollowOptions, follow } from './follow.ts'
import { isOfVersion } from './installs.ts'
import type { Io, Process } from './io.ts'
import { type ListOptions, list } from './list.ts'
import { complain } from './output.ts'
import { type QueueOptions, queue } from './queue.ts'
import { type SessionOptions, startSession } from './session.ts'

const { version }: { version: string } = createRequire(import.meta.url)('../package.json')

/** Runs one command line and resolves to its exit code. */
export async function run(argv: readonly string[], process: Process): Promise<number> {
  // Read before the command line is parsed, since parsing may fail.
  const reportsJson = /--json|--output[ =]json/.test(argv.join(' '))
  const io: Io = { ...process, reportsJson, printsJson: reportsJson, quiet: false }
  let exit: number = Exit.done
  const program = new Command('image-install-queue')
    .description('List, queue and watch image installs of Multiplay Clanforge.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text, write) =>
        reportsJson ? complain(io, 'usage', text.replace(/^error: /, '').trim()) : write(text),
      getOutHelpWidth: () => io.stdout.columns || 80,
      getErrHelpWidth: () => io.stderr.columns || 80,
    })
    .addHelpText('after', examples('list', 'queue 1003 --dry-run'))
    .addHelpText('afterAll', commonHelp)

  const listCommand = program
    .command('list')
    .description('List the installs that are not complete.')
    .option('--state <name>', 'show only this state (repeatable)', states)
    .option('--version-id <id>', 'show only installs of this image version', id)
    .action(async (options: ListOptions & SessionOptions) => {
      exit = await list(startSession(process, options), options)
    })
    .addHelpText('after', examples('list --state Pending,Failed', 'list --version-id 77 --json'))
  addCommonOptions(listCommand)

  const queueCommand = program
    .command('queue')
    .description('Queue installs, one after the other. Jobs that are or may be in progress are skipped.')
    .argument('[jobid...]', 'select jobs by ID, as `list` shows them', ids)
    .option('--version-id <id>', 'queue all unfinished installs of this version', id)
    .option('--mirroring <true|false>', 'override the mirroring in the list', flag)
    .option('--again', 'also queue jobs that are or may be in progress')
    .option('--dry-run', 'show what would be queued')
    .option('--yes', 'skip the confirmation prompt (required in CI)')
    .option('--wait', 'watch the installs until they finish')
    .action(async (jobids: number[], options: QueueOptions & SessionOptions, command: Command) => {
      rejectIdsWithVersion(command, jobids, options)
      if (jobids.length === 0 && options.versionId === undefined)
        command.error('error: pass job IDs, as `list` shows them, or --version-id')
      if (!options.wait) rejectWatchOptions(command)
      exit = await queue(startSession(process, options), jobids, options)
    })
    .addHelpText('after', examples('queue 1003 --dry-run', 'queue --version-id 77 --yes --wait --output table'))
  addCommonOptions(addWatchOptions(queueCommand))

  const watchCommand = program
    .command('watch')
    .description('Watch installs until they finish. Stopping the command does not stop the installs.')
    .argument('[jobid...]', 'select jobs by ID (default: all that are listed)', ids)
    .option('--version-id <id>', 'watch all listed installs of this version', id)
    .action(async (jobids: number[], options: FollowOptions & SessionOptions, command: Command) => {
      rejectIdsWithVersion(command, jobids, options)
      const select = (install: Install) => isOfVersion(install, options.versionId)
      exit = await follow(startSession(process, options), jobids.length > 0 ? { jobids } : { select }, options)
    })
    .addHelpText('after', examples('watch 1003 --every 10s', 'watch --version-id 77 --timeout 1h30m'))
  addCommonOptions(addWatchOptions(watchCommand))

  try {
    await program.parseAsync(argv, { from: 'user' })
    return exit
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? Exit.done : Exit.usage
    return report(io, error)
  }
}

function rejectIdsWithVersion(command: Command, jobids: readonly number[], { versionId }: FollowOptions): void {
  if (jobids.length > 0 && versionId !== undefined) command.error('error: pass job IDs or --version-id, not both')
}

/** Rejects options of a watch that would have no effect: a pipeline with `--timeout` probably lacks `--wait`. */
function rejectWatchOptions(command: Command): void {
  for (const option of command.options) {
    const name = option.attributeName()
    if (watchOptions.includes(name) && command.getOptionValueSource(name) === 'cli')
      command.error(`error: ${option.long} requires --wait`)
  }
}

const watchOptions = ['every', 'timeout', 'heartbeat', 'goneIs']

const addWatchOptions = (command: Command): Command =>
  command
    .addOption(new Option('--every <time>', 'set the polling interval').argParser(duration).default(5_000, '5s'))
    .addOption(
      new Option('--timeout <time>', 'stop watching after this time').argParser(duration).default(18_000_000, '5h'),
    )
    .addOption(
      new Option('--heartbeat <time>', 'set the heartbeat interval, 0: off')
        .argParser(durationOrZero)
        .default(60_000, '1m'),
    )
    .option('--gone-is <done|unknown>', 'set the outcome of jobs that leave the list', oneOf('done', 'unknown'))

const addCommonOptions = (command: Command): Command =>
  command
    .option('--account-service-id <id>', 'override CLANFORGE_ACCOUNT_SERVICE_ID', id)
    .option('--request-timeout <time>', 'limit a request, retries included (30s)', duration)
    .option('--output <table|json>', 'set the format, whatever stdout is', oneOf('table', 'json'))
    .addOption(new Option('--json', 'print JSON, also for errors on stderr').conflicts('output'))
    .option('--quiet', 'print results and errors only')
    .option('--debug', 'print each request on stderr')

const examples = (...lines: readonly [string, string]): string =>
  `\nExamples:\n${lines.map((line) => `  image-install-queue ${line}`).join('\n')}`

/** The end of the help of every command. */
const commonHelp = `
Environment:
  CLANFORGE_ACCESS_KEY, CLANFORGE_SECRET_KEY  keys (or CLANFORGE_TOKEN)
  CLANFORGE_ACCOUNT_SERVICE_ID                account service ID
  CLANFORGE_BASE_URL                          host, if not the live API
  HTTPS_PROXY, NO_PROXY                       proxy, and hosts without it

Exit codes (of several jobs the highest counts):
  0    success, or presumed completed
  1    failed: rejected, not sent, not listed, declined, or the install failed
  2    usage or configuration error, found before anything was queued
  3    outcome unknown: check before you queue again
  130  interrupted; installs keep running`
