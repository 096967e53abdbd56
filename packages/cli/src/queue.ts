import { type Install, isCallError } from '@image-install-queue/client'
import { canAsk, confirm } from './confirm.ts'
import { report } from './failure.ts'
import { type FollowOptions, follow } from './follow.ts'
import { hasEnded, isUnderWay, listInstalls, mirroringOf, stateText } from './installs.ts'
import { complain, Exit, type Io, plain, printJson, printLine, writesJson } from './io.ts'

export interface QueueOptions extends FollowOptions {
  readonly versionId?: number
  readonly mirroring?: boolean
  readonly again?: boolean
  readonly dryRun?: boolean
  readonly yes?: boolean
  readonly wait?: boolean
}

/** A job, and what it would be queued with. */
interface Candidate {
  readonly jobid: number
  /** As it is listed, if it is. */
  readonly install: Install | undefined
  readonly mirroring: boolean | undefined
}

/** A job that may be queued. */
type Ready = Candidate & { readonly mirroring: boolean }

/** `queue`: looks the jobs up, asks where that matters, and queues one after the other. */
export async function queue(io: Io, jobids: readonly number[], options: QueueOptions): Promise<number> {
  if (!options.dryRun && !options.yes && !canAsk(io)) {
    complain(io, options, 'there is no terminal to ask at: --yes is needed to queue anywhere but on this machine')
    return Exit.usage
  }
  const candidates = await lookUp(io, jobids, options)
  const refused = refuse(io, candidates, options)
  if (refused !== undefined) return refused
  const again = options.again === true
  const isReady = (one: Candidate): one is Ready =>
    one.mirroring !== undefined && (again || !one.install || !isUnderWay(one.install))
  const ready = candidates.filter(isReady)
  for (const one of candidates) say(io, options, one, isReady(one) ? (options.dryRun ? 'dry-run' : 'found') : 'skipped')
  if (options.dryRun) return Exit.done
  if (ready.length > 0 && !options.yes && !(await confirm(io, ready.length))) {
    complain(io, options, 'Nothing was queued.')
    return io.signal.aborted ? Exit.interrupted : Exit.failed
  }
  const { rejected, exit } = await queueEach(io, ready, options)
  const watched = candidates.filter((one) => !rejected.includes(one)).map(({ jobid }) => jobid)
  if (!options.wait || exit > Exit.failed || watched.length === 0) return exit
  return Math.max(exit, await follow(io, watched, options))
}

/** Which jobs are meant, each once, and what the list says of them. */
async function lookUp(io: Io, jobids: readonly number[], options: QueueOptions): Promise<Candidate[]> {
  const { versionId, mirroring, again } = options
  // Nothing in the list could change anything: who cannot list can still queue.
  const isNeedless = versionId === undefined && mirroring !== undefined && again === true
  const installs = isNeedless ? [] : await listInstalls(io.client, io.signal)
  const ofVersion = installs.filter((one) => one.target_imageversionid === versionId && !hasEnded(one))
  const meant = versionId === undefined ? jobids : ofVersion.map(({ jobid }) => jobid)
  return [...new Set(meant)].map((jobid) => {
    const install = installs.find((one) => one.jobid === jobid)
    return { jobid, install, mirroring: mirroring ?? (install && mirroringOf(install)) }
  })
}

const unlisted =
  'not listed: it is complete, was dropped or never existed.\nSee: image-install-queue list. To queue it all the same, say'

/** If one job cannot be queued as it was asked for, none is. */
function refuse(io: Io, candidates: readonly Candidate[], options: QueueOptions): number | undefined {
  if (candidates.length === 0) {
    complain(
      io,
      options,
      `no listed install of version ${options.versionId} could be queued; see: image-install-queue list`,
    )
    return Exit.failed
  }
  const unclear = candidates.filter(({ mirroring }) => mirroring === undefined)
  for (const { jobid, install } of unclear) {
    const why = install ? 'the list does not say whether it is mirrored; say' : unlisted
    complain(io, options, `job ${jobid}: ${why} --mirroring true or --mirroring false`, { jobid })
  }
  if (unclear.length === 0) return undefined
  return unclear.some(({ install }) => install) ? Exit.usage : Exit.failed
}

/** One after the other. After anything but a refusal by the server the rest is left alone. */
async function queueEach(io: Io, ready: readonly Ready[], options: QueueOptions) {
  const rejected: Candidate[] = []
  for (const [index, one] of ready.entries()) {
    try {
      const { jobid, mirroring } = one
      const job = await io.client.queueImageInstall({ jobid, mirroring }, { signal: io.signal })
      if (writesJson(io, options)) printJson(io, { jobid, change: 'queued', mirroring, job })
      else printLine(io, `job ${jobid}: queued, now ${plain(stateText({ jobid, ...job }))}`)
    } catch (error) {
      const exit = report(io, options, error, one.jobid)
      if (!isCallError(error) || error.outcome !== 'rejected') {
        const left = ready.slice(index + 1).map(({ jobid }) => jobid)
        if (left.length > 0) complain(io, options, `Not queued: job ${left.join(', ')}`, { jobids: left })
        return { rejected, exit }
      }
      rejected.push(one)
    }
  }
  return { rejected, exit: rejected.length > 0 ? Exit.failed : Exit.done }
}

/** What was found out about a job, and what follows from it. */
function say(io: Io, options: QueueOptions, one: Candidate, change: keyof typeof consequences): void {
  const { jobid, install, mirroring } = one
  const state = install ? plain(stateText(install)) : 'not listed'
  if (writesJson(io, options)) printJson(io, { jobid, change, mirroring, install })
  else printLine(io, `job ${jobid}: ${state}, mirroring ${mirroring}${consequences[change]}`)
}

const consequences = {
  found: '',
  skipped: ': not queued again (--again would)',
  'dry-run': ': would be queued',
}
