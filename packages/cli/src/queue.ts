import { type Install, isCallError, isMachineJob, isMirrorJob } from '@image-install-queue/client'
import { canAsk, confirm } from './confirm.ts'
import { report } from './failure.ts'
import { type FollowOptions, follow } from './follow.ts'
import { byJob, hasEnded, listInstalls, malformed, mayBeUnderWay, mirroringOf, stateOf, stateText } from './installs.ts'
import { complain, Exit, type Io, plain, printJson, printLine, writesJson } from './io.ts'

export interface QueueOptions extends FollowOptions {
  readonly versionId?: number
  readonly mirroring?: boolean
  readonly again?: boolean
  readonly dryRun?: boolean
  readonly yes?: boolean
  readonly wait?: boolean
}

/** A job, what it would be queued with, and what is to be done with it. */
interface Candidate {
  readonly jobid: number
  /** As it is listed, if it is. */
  readonly install: Install | undefined
  readonly mirroring: boolean | undefined
  readonly change: 'found' | 'skipped' | 'left-out'
}

/** A job that may be queued. */
type Ready = Candidate & { readonly mirroring: boolean }

const isReady = (one: Candidate): one is Ready => one.change === 'found' && one.mirroring !== undefined

/** `queue`: looks the jobs up, asks where that matters, and queues one after the other. */
export async function queue(io: Io, jobids: readonly number[], options: QueueOptions): Promise<number> {
  if (!options.dryRun && !options.yes && !canAsk(io)) {
    complain(
      io,
      options,
      'usage',
      'there is no terminal to ask at: to queue anywhere but on this machine, --yes is needed',
    )
    return Exit.usage
  }
  const candidates = await lookUp(io, jobids, options)
  const refused = refuse(io, candidates, options)
  if (refused !== undefined) return refused
  for (const one of candidates) await say(io, options, one)
  const leftOut = candidates.filter(({ change }) => change === 'left-out')
  if (leftOut.length === candidates.length) {
    complain(io, options, 'not_listed', `no listed install of version ${options.versionId} could be queued`)
    return Exit.failed
  }
  // The version is not known to be good, whatever becomes of the others.
  const failed = leftOut.some(({ install }) => install && stateOf(install) === 'Failed') ? Exit.failed : Exit.done
  if (options.dryRun) return failed
  const ready = candidates.filter(isReady)
  if (ready.length > 0 && !options.yes && !(await confirm(io, ready.length))) {
    complain(io, options, 'not_queued', 'Nothing was queued.')
    return io.signal.aborted ? Exit.interrupted : Exit.failed
  }
  const { queued, exit: queueing } = await queueEach(io, ready, options)
  const exit = Math.max(failed, queueing)
  const watched = candidates.filter((one) => one.change === 'skipped' || queued.includes(one))
  if (!options.wait || exit > Exit.failed || watched.length === 0) return exit
  const seen = watched.flatMap(({ install }) => install ?? [])
  const jobs = watched.map(({ jobid }) => jobid)
  return Math.max(exit, await follow(io, jobs, options, seen))
}

/** Which jobs are meant, each once, what the list says of them, and what follows from it. */
async function lookUp(io: Io, jobids: readonly number[], options: QueueOptions): Promise<Candidate[]> {
  const { versionId, mirroring } = options
  const installs = looksUp(options) ? await listInstalls(io.client, io.signal) : []
  const listed = byJob(installs)
  const ofVersion = installs.filter((one) => one.target_imageversionid === versionId)
  const meant = versionId === undefined ? jobids : ofVersion.map(({ jobid }) => jobid)
  return [...new Set(meant)].map((jobid) => {
    const install = listed.get(jobid)
    const isMirrored = mirroring ?? (install && mirroringOf(install))
    return { jobid, install, mirroring: isMirrored, change: decide(install, options) }
  })
}

/** Otherwise nothing in the list could change anything: who cannot list can still queue. */
const looksUp = ({ versionId, mirroring, again }: QueueOptions): boolean =>
  versionId !== undefined || mirroring === undefined || again !== true

function decide(install: Install | undefined, { versionId, again }: QueueOptions): Candidate['change'] {
  if (install && !again && mayBeUnderWay(install)) return 'skipped'
  // Who names a job that has ended wants it again; a version may have such jobs beside others.
  if (install && versionId !== undefined && hasEnded(install)) return 'left-out'
  return 'found'
}

/** If one job cannot be queued as it was asked for, none is. */
function refuse(io: Io, candidates: readonly Candidate[], options: QueueOptions): number | undefined {
  const unclear = candidates.filter(({ mirroring, change }) => change === 'found' && mirroring === undefined)
  for (const { jobid, install } of unclear) {
    const code = install ? 'mirroring_unknown' : 'not_listed'
    const why = install ? 'the list does not say whether it is mirrored; say' : unlisted
    complain(io, options, code, `job ${jobid}: ${why} --mirroring true or --mirroring false`, { jobid })
  }
  if (unclear.length === 0) return undefined
  return unclear.some(({ install }) => install) ? Exit.usage : Exit.failed
}

const unlisted =
  'not listed: it is complete, was dropped or never existed.\nSee: image-install-queue list. To queue it all the same, say'

/** One after the other. After anything but a refusal of this one job the rest is left alone. */
async function queueEach(io: Io, ready: readonly Ready[], options: QueueOptions) {
  const queued: Candidate[] = []
  let exit: number = Exit.done
  for (const [index, one] of ready.entries()) {
    try {
      await queueOne(io, one, options)
      queued.push(one)
    } catch (error) {
      exit = report(io, options, error, one.jobid)
      if (isAboutOneJob(error)) continue
      const left = ready.slice(index + 1).map(({ jobid }) => jobid)
      if (left.length > 0) complain(io, options, 'not_queued', `Not queued: job ${left.join(', ')}`, { jobids: left })
      break
    }
  }
  return { queued, exit }
}

async function queueOne(io: Io, { jobid, mirroring }: Ready, options: QueueOptions): Promise<void> {
  const call = io.client.queueImageInstall({ jobid, mirroring }, { signal: io.signal })
  const { data: job, response } = await call.withResponse()
  const isJob = isMirrorJob(job) || isMachineJob(job)
  if (writesJson(io, options)) await printJson(io, { jobid, change: isJob ? 'queued' : 'unknown', mirroring, job })
  else if (isJob) await printLine(io, `job ${jobid}: queued, now ${plain(stateText({ jobid, ...job }))}`)
  if (!isJob) throw malformed('queueImageInstall', response, 'the answer is no job, yet this one may be queued.')
}

/** Other jobs may fare better: not so where the credentials or the haste were refused. */
const isAboutOneJob = (error: unknown): boolean =>
  isCallError(error) && error.outcome === 'rejected' && (error.status < 300 || [400, 404, 409].includes(error.status))

/** What was found out about a job, and what follows from it. */
function say(io: Io, options: QueueOptions, { jobid, install, mirroring, change: found }: Candidate) {
  const change = found === 'found' && options.dryRun ? 'dry-run' : found
  const state = install ? stateText(install) : looksUp(options) ? 'not listed' : 'not looked up'
  if (change === 'skipped' && install && !stateOf(install))
    complain(io, options, 'state_unknown', `job ${jobid}: its state (${state}) ${unknownState}`, { jobid })
  if (writesJson(io, options)) return printJson(io, { jobid, change, mirroring, install })
  const why = install?.joberror ? ` (${install.joberror})` : ''
  return printLine(io, plain(`job ${jobid}: ${state}${why}, mirroring ${mirroring ?? '?'}${consequences[change]}`))
}

const consequences = {
  found: '',
  skipped: ': not queued again (--again would)',
  'left-out': ': left out, since it has ended',
  'dry-run': ': would be queued',
}
const unknownState = 'is not known, so it is taken for under way; --again queues it all the same'
