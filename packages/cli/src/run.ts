import { createRequire } from 'node:module'
import { Command, CommanderError, Option } from 'commander'
import { duration, flag, id, ids } from './arguments.ts'
import { report } from './failure.ts'
import { type FollowOptions, follow } from './follow.ts'
import { stateNames } from './installs.ts'
import { Exit, type Io, type OutputOptions } from './io.ts'
import { type ListOptions, list } from './list.ts'
import { type QueueOptions, queue } from './queue.ts'

const { version }: { version: string } = createRequire(import.meta.url)('../package.json')

const environment = `
Environment:
  CLANFORGE_ACCESS_KEY, CLANFORGE_SECRET_KEY   the keys (or CLANFORGE_TOKEN)
  CLANFORGE_ACCOUNT_SERVICE_ID                 the account service
  CLANFORGE_BASE_URL                           another host than the live API
`
const exits = `
Exit codes: 0 done, 1 refused or failed, 2 usage or configuration, 3 unknown,
130 interrupted.
`
const example = (account: number, line: string) => `
Against the mock (npx -p @image-install-queue/mock image-install-queue-mock):
  export CLANFORGE_BASE_URL=http://127.0.0.1:4010 \\
    CLANFORGE_ACCESS_KEY=any CLANFORGE_SECRET_KEY=keys \\
    CLANFORGE_ACCOUNT_SERVICE_ID=${account}
  image-install-queue ${line}
`

const every = () =>
  new Option('--every <time>', 'watching: time between two looks').argParser(duration).default(5_000, '5s')
const timeout = () =>
  new Option('--timeout <time>', 'watching: give up after').argParser(duration).default(5 * 3_600_000, '5h')

const goneIs = () =>
  new Option('--gone-is <outcome>', 'what a job counts as that leaves the list').choices(['done', 'unknown'])

/** Runs one command line and resolves to its exit code. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  // Known before the command line is understood, since that may be what fails.
  const output: OutputOptions = { json: argv.includes('--json') }
  let exit: number = Exit.done
  const program = new Command('image-install-queue')
    .description('List, queue and watch image installs of Multiplay Clanforge.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text, write) =>
        write(output.json ? `${JSON.stringify({ error: { code: 'usage', message: text.trim() } })}\n` : text),
      getOutHelpWidth: () => io.stdout.columns ?? 80,
      getErrHelpWidth: () => io.stderr.columns ?? 80,
    })
    .addHelpText('after', environment + exits)

  program
    .command('list')
    .description('Show the installs that are not complete.')
    .addOption(new Option('--state <name>', 'only installs in this state').choices(stateNames))
    .option('--version-id <id>', 'only installs of this image version', id)
    .option('--json', 'one JSON object per install; also when piped')
    .addHelpText('after', example(5678, 'list --state Pending'))
    .action(async (options: ListOptions) => {
      exit = await list(io, options)
    })

  program
    .command('queue')
    .description(
      'Queue installs, one after the other. Each is looked up first; one that is or may be under way is not queued again.',
    )
    .argument('[jobid...]', 'the jobs, as `list` shows them', ids)
    .option('--version-id <id>', 'instead of jobs: the installs of this image version that have not ended', id)
    .option('--mirroring <true|false>', 'whether the installs are mirrored, instead of what the list says', flag)
    .option('--again', 'queue also what is Queued or Running, or in a state that is not known')
    .option('--dry-run', 'only say what would be queued')
    .option('--yes', 'do not ask; needed for a live host without a terminal')
    .option('--wait', 'then watch the installs to their end')
    .addOption(every())
    .addOption(timeout())
    .addOption(goneIs())
    .option('--json', 'one JSON object per event; also when piped')
    .addHelpText('after', example(7001, 'queue 1003 --wait --every 1s'))
    .action(async (jobids: number[], options: QueueOptions, command: Command) => {
      if (jobids.length > 0 === (options.versionId !== undefined))
        command.error('error: say which jobs to queue, or --version-id')
      exit = await queue(io, jobids, options)
    })

  program
    .command('watch')
    .description('Watch installs to their end. It stops none, however it ends.')
    .argument('[jobid...]', 'the jobs; without any, all that are listed when it begins', ids)
    .addOption(every())
    .addOption(timeout())
    .addOption(goneIs())
    .option('--json', 'one JSON object per event; also when piped')
    .addHelpText('after', example(7002, 'watch 1004 --every 1s'))
    .action(async (jobids: number[], options: FollowOptions) => {
      exit = await follow(io, jobids, options)
    })

  try {
    await program.parseAsync(argv, { from: 'user' })
    return exit
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? Exit.done : Exit.usage
    return report(io, output, error)
  }
}
