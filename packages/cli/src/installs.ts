import { type Client, type Install, JobState, MalformedResponseError } from '@image-install-queue/client'

type StateName = keyof typeof JobState

/** The names of the known states, as the contract spells them. */
export const stateNames = Object.keys(JobState).filter((name): name is StateName => Object.hasOwn(JobState, name))

/** The fields that are compared or computed with. */
const numeric = ['jobid', 'jobstateid', 'jobprogress', 'target_imageversionid']

/**
 * The installs that are listed now, with numbers where the server spells them as text. An answer without a list of jobs
 * fails here and not wherever it is first looked at.
 */
export async function listInstalls(client: Client, signal?: AbortSignal): Promise<readonly Install[]> {
  const { data, response } = await client.listImageInstalls({}, { signal }).withResponse()
  // The type says that the list is there; only a server can say so.
  const { installs }: { installs?: unknown } = data
  const entries = Array.isArray(installs) ? installs.map(withNumbers) : undefined
  if (entries?.every(isInstall)) return entries
  const missing = entries ? 'an entry of `installs` has no usable `jobid`' : 'the answer has no list `installs`'
  throw malformed('listImageInstalls', response, missing)
}

const withNumbers = (entry: unknown): object =>
  Object.fromEntries(
    Object.entries(Object(entry)).map(([name, value]) => {
      const isNumber = numeric.includes(name) && typeof value === 'string' && /^\d+$/.test(value)
      return [name, isNumber ? Number(value) : value]
    }),
  )

const isInstall = (entry: object): entry is Install =>
  'jobid' in entry && Number.isSafeInteger(entry.jobid) && Number(entry.jobid) > 0

/** A success that says something else than it should. It keeps no body: only the client takes credentials out of one. */
export const malformed = (operation: string, { status }: Response, message: string) =>
  new MalformedResponseError(message, { operation, status, headers: {}, body: '' })

/**
 * The known state of an install, by its number; by its name only where there is none, since names are spelled in more
 * than one way. `undefined` for a state that the contract does not know.
 */
export function stateOf({ jobstateid, jobstatename }: Install): StateName | undefined {
  if (typeof jobstateid === 'number') return stateNames.find((name) => JobState[name] === jobstateid)
  const spelled = String(jobstatename).toLowerCase()
  return spelled === 'complete' ? 'Completed' : stateNames.find((name) => name.toLowerCase() === spelled)
}

/** The state in words, also of one that the contract does not know. */
export const stateText = (install: Install): string =>
  stateOf(install) ?? install.jobstatename ?? (install.jobstateid == null ? 'no state' : `state ${install.jobstateid}`)

/** The install is over, one way or another. */
export const hasEnded = (install: Install): boolean =>
  ['Completed', 'Failed', 'Squashed'].includes(stateOf(install) ?? '')

/** The install was queued already, or may have been: nobody knows what a state means that the contract does not know. */
export const mayBeUnderWay = (install: Install): boolean => ['Queued', 'Running', undefined].includes(stateOf(install))

/** The installs by their jobs. Of one that is listed twice, the entry counts that may be under way. */
export function byJob(installs: readonly Install[]): Map<number, Install> {
  const found = new Map<number, Install>()
  for (const install of installs)
    if (!found.has(install.jobid) || mayBeUnderWay(install)) found.set(install.jobid, install)
  return found
}

/** Whether the install is mirrored: flags may be written as `1` and `0`. `undefined` when the list does not say. */
export function mirroringOf({ mirroring }: Install): boolean | undefined {
  if (mirroring === 1) return true
  if (mirroring === 0) return false
  return typeof mirroring === 'boolean' ? mirroring : undefined
}
