import {
  type Client,
  type ClientOptions,
  createClient,
  type Install,
  isCallError,
  isMachineJob,
  isMirrorJob,
} from '@image-install-queue/client'

/** A call, how it reads, and what should come of it. */
interface Step {
  readonly call: string
  readonly expects: string
  make(): Promise<unknown>
}

/**
 * Goes the way of a real user: lists the installs, queues a mirror job and a machine job as they were listed, and meets the
 * error that arrives with status 200. Prints each call and what came.
 *
 * @returns how many answers were not what the contract promises
 */
export async function demo(options: ClientOptions): Promise<number> {
  const clanforge = createClient(options)
  let installs: readonly Install[] = []
  const listed = await show({
    call: 'listImageInstalls()',
    expects: 'a list of installs',
    make: async () => {
      const list = await clanforge.listImageInstalls()
      // Nothing is checked here: another server may answer anything.
      if (Array.isArray(list.installs)) installs = list.installs
      return list
    },
  })
  const mirrored = installs.find(({ mirroring }) => mirroring === true)
  const other = installs.find(({ mirroring }) => mirroring === false)
  const results = [
    listed,
    await show(queueing(clanforge, mirrored?.jobid ?? 0, true, 'a mirror job')),
    await show(queueing(clanforge, other?.jobid ?? 0, false, 'a machine job')),
    await show(queueing(clanforge, 2001, true, 'an error with status 200')),
  ]
  return results.filter((isRight) => !isRight).length
}

const queueing = (client: Client, jobid: number, mirroring: boolean, expects: string): Step => ({
  call: `queueImageInstall(${JSON.stringify({ jobid, mirroring })})`,
  expects,
  make: () => client.queueImageInstall({ jobid, mirroring }),
})

async function show({ call, expects, make }: Step): Promise<boolean> {
  const { kind, text } = await make().then(
    (data) => ({ kind: kindOf(data), text: JSON.stringify(data) }),
    (error: unknown) => ({
      kind: isCallError(error) && error.code === 'api' ? `an error with status ${error.status}` : 'another error',
      text: String(error),
    }),
  )
  console.log(`  ${kind === expects ? '✓' : '✗'} ${call}: ${expects}\n      ${text}\n`)
  return kind === expects
}

function kindOf(data: unknown): string {
  const answer: Parameters<typeof isMirrorJob>[0] = Object(data)
  if (isMirrorJob(answer)) return 'a mirror job'
  if (isMachineJob(answer)) return 'a machine job'
  return 'installs' in Object(data) ? 'a list of installs' : 'something else'
}
