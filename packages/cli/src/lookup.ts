import type { Install } from '@image-install-queue/client'
import { Exit } from './exit.ts'
import { byJob, hasEnded, isOfVersion, listInstalls, mayBeInProgress, mirroringOf, stateWithError } from './installs.ts'
import type { Io, Session } from './io.ts'
import { nameJobs } from './messages.ts'
import type { KnownJob } from './outcomes.ts'
import { complain, print, tell } from './output.ts'

/** Which jobs to queue, and how. */
export interface LookupOptions {
  readonly versionId?: number
  readonly mirroring?: boolean
  readonly again?: boolean
  readonly dryRun?: boolean
}

/** A job, the parameters to queue it with, and what to do with it. */
export interface Candidate extends KnownJob {
  readonly mirroring: boolean | undefined
  readonly change: 'found' | 'skipped' | 'left-out'
}

/** Finds the jobs of the command line, each once, and decides what to do with them. */
export async function lookUp(io: Session, jobids: readonly number[], options: LookupOptions): Promise<Candidate[]> {
  const { versionId, mirroring } = options
  const installs = await listForLookup(io, options)
  const listed = byJob(installs)
  const ofVersion = installs.filter((install) => isOfVersion(install, versionId))
  const requested = versionId === undefined ? jobids : ofVersion.map(({ jobid }) => jobid)
  return [...new Set(requested)].map((jobid) => {
    const install = listed.get(jobid)
    const isMirrored = mirroring ?? (install && mirroringOf(install))
    return { jobid, listed: install, mirroring: isMirrored, change: decide(install, options) }
  })
}

/** Sends no request if the list could not change the result, so that jobs can be queued without the right to list. */
async function listForLookup(io: Session, options: LookupOptions): Promise<readonly Install[]> {
  if (!looksUp(options)) return []
  const whyComplete = options.versionId === undefined ? undefined : 'It may belong to the version.'
  const list = await listInstalls(io.client, io.signal, whyComplete)
  for (const message of list.warnings) tell(io, 'warning', message)
  return list.installs
}

const looksUp = ({ versionId, mirroring, again }: LookupOptions): boolean =>
  versionId !== undefined || mirroring === undefined || again !== true

function decide(install: Install | undefined, { versionId, again }: LookupOptions): Candidate['change'] {
  if (install && !again && mayBeInProgress(install)) return 'skipped'
  // A job that has ended is queued again if it is named. A version may have such jobs next to others.
  if (install && versionId !== undefined && hasEnded(install)) return 'left-out'
  return 'found'
}

/** Reports the jobs that cannot be queued as requested. If there is one, none is queued. */
export function rejectUnclear(io: Io, candidates: readonly Candidate[]): number | undefined {
  const unclear = candidates.filter(({ mirroring, change }) => change === 'found' && mirroring === undefined)
  if (unclear.length === 0) return undefined
  for (const { jobid, listed } of unclear) {
    const code = listed ? 'mirroring_unknown' : 'not_listed'
    const why = listed ? 'the list does not show whether it is mirrored. Pass' : notListed
    complain(io, code, `job ${jobid}: ${why} --mirroring true or --mirroring false.`, { jobid })
  }
  const others = candidates.filter((job) => !unclear.includes(job)).map(({ jobid }) => jobid)
  if (others.length > 0)
    complain(io, 'not_queued', `Nothing was queued, including ${nameJobs(others)}.`, { jobids: others })
  return unclear.some(({ listed }) => listed) ? Exit.usage : Exit.failed
}

const notListed =
  'not listed: it completed, was dropped, or never existed.\nSee: image-install-queue list. To queue it anyway, pass'

/** Prints how a job is listed, and whether it is going to be queued. */
export async function printCandidate(io: Io, candidate: Candidate, options: LookupOptions): Promise<void> {
  const { jobid, listed: install, mirroring } = candidate
  const change = candidate.change === 'found' && options.dryRun ? 'dry-run' : candidate.change
  if (io.quiet && change === 'found') return
  const text = () => [`${describe(candidate, options)}${consequences[change]}`]
  return print(io, [{ jobid, change, mirroring, install }], text)
}

/** A job with its state, error and mirroring. */
export function describe({ jobid, listed, mirroring }: Candidate, options: LookupOptions): string {
  const state = listed ? stateWithError(listed) : looksUp(options) ? 'not listed' : 'not looked up'
  return `job ${jobid}: ${state}, mirroring ${mirroring ?? '?'}`
}

const consequences = {
  found: '',
  skipped: ': skipped (pass --again to queue it)',
  'left-out': ': left out, because it has ended',
  'dry-run': ': would be queued',
}
