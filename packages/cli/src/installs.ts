import { type Client, type Install, JobState, MalformedResponseError } from '@image-install-queue/client'

export type StateName = keyof typeof JobState

/** The names of the known states, as the contract spells them. */
export const stateNames = Object.keys(JobState).filter((name): name is StateName => Object.hasOwn(JobState, name))

const numeric = ['jobid', 'jobstateid', 'jobprogress', 'target_imageversionid']

/** The installs that are listed now. */
export interface InstallList {
  readonly installs: readonly Install[]
  /** False if an entry had to be skipped. A job that is missing from such a list may have been that entry. */
  readonly isComplete: boolean
  /** Messages about invalid parts of the response. */
  readonly warnings: readonly string[]
}

/**
 * Lists the installs, with numbers where the server writes them as strings. Entries without a usable `jobid` are skipped.
 *
 * @param whyComplete why no entry may be skipped, for the error
 * @throws {MalformedResponseError} if the response has no list, or if an entry must not be skipped
 */
export async function listInstalls(client: Client, signal: AbortSignal, whyComplete?: string): Promise<InstallList> {
  const { data, response } = await client.listImageInstalls({}, { signal }).withResponse()
  // The type promises a list. The server may send something else.
  const { installs }: { installs?: unknown } = data
  const malformed = (message: string) =>
    // Without the body, since only the client redacts credentials.
    new MalformedResponseError(message, {
      operation: 'listImageInstalls',
      status: response.status,
      headers: {},
      body: '',
    })
  if (installs === null) {
    const warning = '`installs` is null in the response: treated as an empty list'
    return { installs: [], isComplete: true, warnings: [warning] }
  }
  if (!Array.isArray(installs)) throw malformed('the response has no list `installs`')
  const entries = installs.map(withNumbers)
  const skipped = entries.flatMap((entry, index) => (isInstall(entry) ? [] : index))
  if (skipped.length === 0) return { installs: entries.filter(isInstall), isComplete: true, warnings: [] }
  const problem = `${skippedPlaces(skipped)} in the response`
  if (whyComplete !== undefined) throw malformed(`${problem}. ${whyComplete}`)
  return { installs: entries.filter(isInstall), isComplete: false, warnings: [`${problem}: skipped`] }
}

function skippedPlaces(indexes: readonly number[]): string {
  const shown = indexes.slice(0, 5).map((index) => `installs[${index}]`)
  const more = indexes.length > 5 ? ` and ${indexes.length - 5} more entries` : ''
  return `no usable \`jobid\` in ${shown.join(', ')}${more}`
}

/** Converts the fields that are compared or computed with to numbers, if they are written as strings. */
export const withNumbers = (entry: unknown): object =>
  Object.fromEntries(
    Object.entries(Object(entry)).map(([name, value]) => {
      const isNumber = numeric.includes(name) && typeof value === 'string' && /^\d+(\.\d+)?$/.test(value)
      return [name, isNumber ? Number(value) : value]
    }),
  )

const isInstall = (entry: object): entry is Install =>
  'jobid' in entry && Number.isSafeInteger(entry.jobid) && Number(entry.jobid) > 0

/**
 * The known state of an install, by its number, or by its name if there is no number, since the API spells names in more
 * than one way. `undefined` for a state that the contract does not list.
 */
export function stateOf({ jobstateid, jobstatename }: Partial<Install>): StateName | undefined {
  if (typeof jobstateid === 'number') return stateNames.find((name) => JobState[name] === jobstateid)
  const spelled = String(jobstatename).toLowerCase()
  return spelled === 'complete' ? 'Completed' : stateNames.find((name) => name.toLowerCase() === spelled)
}

/** The state as text, also of one that the contract does not list. */
export const stateText = (install: Partial<Install>): string =>
  stateOf(install) ?? install.jobstatename ?? (install.jobstateid == null ? 'no state' : `state ${install.jobstateid}`)

/** The state as text, with the error of the job. */
export const stateWithError = (install: Partial<Install>): string =>
  install.joberror ? `${stateText(install)} (${install.joberror})` : stateText(install)

/** Whether the install is one of an image version, if a version is given. */
export const isOfVersion = (install: Install, versionId: number | undefined): boolean =>
  versionId === undefined || install.target_imageversionid === versionId

/** Whether the install is over, successfully or not. */
export const hasEnded = (install: Partial<Install>): boolean =>
  ['Completed', 'Failed', 'Squashed'].includes(stateOf(install) ?? '')

/** Whether the install was queued already, or may have been: an unrecognized state can mean anything. */
export const mayBeInProgress = (install: Install): boolean =>
  ['Queued', 'Running', undefined].includes(stateOf(install))

/** The installs by their jobs. If a job is listed twice, the entry that may be in progress counts. */
export function byJob(installs: readonly Install[]): Map<number, Install> {
  const found = new Map<number, Install>()
  for (const install of installs)
    if (!found.has(install.jobid) || mayBeInProgress(install)) found.set(install.jobid, install)
  return found
}

/** Whether the install is mirrored: flags may be written as numbers or strings. `undefined` if the list does not show it. */
export function mirroringOf({ mirroring }: Install): boolean | undefined {
  const flag = String(mirroring).toLowerCase()
  if (flag === 'true' || flag === '1') return true
  return flag === 'false' || flag === '0' ? false : undefined
}
