import { type Client, type Install, JobState, MalformedResponseError } from '@image-install-queue/client'

type StateName = keyof typeof JobState

/** The names of the known states, as the contract spells them. */
export const stateNames = Object.keys(JobState).filter((name): name is StateName => Object.hasOwn(JobState, name))

/** The installs that are listed now. An answer without a list fails here and not wherever it is first looked at. */
export async function listInstalls(client: Client, signal?: AbortSignal): Promise<readonly Install[]> {
  const { data, response } = await client.listImageInstalls({}, { signal }).withResponse()
  // The type says that the list is there; only a server can say so.
  const { installs }: { installs?: unknown } = data
  if (isListOfJobs(installs)) return installs
  const [body, status] = [JSON.stringify(data).slice(0, 4_000), response.status]
  throw new MalformedResponseError('the answer has no list `installs` of jobs', {
    operation: 'listImageInstalls',
    ...{ status, body, headers: {} },
  })
}

const isListOfJobs = (value: unknown): value is Install[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'object' && entry !== null)

/**
 * The known state of an install, by its number; by its name only where there is none, since names are spelled in more
 * than one way. `undefined` for a state that the contract does not know.
 */
export function stateOf({ jobstateid, jobstatename }: Install): StateName | undefined {
  if (typeof jobstateid === 'number') return stateNames.find((name) => JobState[name] === jobstateid)
  return jobstatename === 'Complete' ? 'Completed' : stateNames.find((name) => name === jobstatename)
}

/** The state in words, also of one that the contract does not know. */
export const stateText = (install: Install): string =>
  stateOf(install) ?? install.jobstatename ?? (install.jobstateid == null ? 'no state' : `state ${install.jobstateid}`)

/** The install is over, one way or another. */
export const hasEnded = (install: Install): boolean =>
  ['Completed', 'Failed', 'Squashed'].includes(stateOf(install) ?? '')

/** The install was queued already. */
export const isUnderWay = (install: Install): boolean => ['Queued', 'Running'].includes(stateOf(install) ?? '')

/** Whether the install is mirrored: flags may be written as `1` and `0`. `undefined` when the list does not say. */
export function mirroringOf({ mirroring }: Install): boolean | undefined {
  if (mirroring === 1) return true
  if (mirroring === 0) return false
  return typeof mirroring === 'boolean' ? mirroring : undefined
}
