// A whole rollout, as a release pipeline does it. With a fault as the second argument, each kind of call gets the fault once;
// `hang` only for the call that queues, which is then aborted.
import { setImmediate as immediate } from 'node:timers/promises'
import { createClient, isCallError } from '@image-install-queue/client'
import { createMock, type Fault } from '@image-install-queue/mock'

const [accountserviceid, fault] = process.argv.slice(2)
const mock = createMock()
const { url, close } = await mock.listen()
const clanforge = createClient({
  baseUrl: url,
  accessKey: 'key',
  secretKey: 'secret',
  accountserviceid: Number(accountserviceid),
})
const failNext = () => {
  // The mock rejects any other string.
  if (fault !== undefined) mock.fail(fault as Fault)
}
const failNextList = () => {
  if (fault !== 'hang') failNext()
}

failNextList()
const [install] = (await clanforge.listImageInstalls()).installs
if (typeof install?.mirroring !== 'boolean') throw new Error('the list does not say what to queue')

failNext()
const queueing = new AbortController()
const queued = () => mock.requests.filter(({ operationId }) => operationId === 'queueImageInstall')
const abortOnceReceived = async () => {
  while (queued().length === 0) await immediate()
  queueing.abort()
}
if (fault === 'hang') void abortOnceReceived()
const { jobid, mirroring } = install
const outcome = await clanforge.queueImageInstall({ jobid, mirroring }, { signal: queueing.signal }).then(
  () => 'accepted',
  (error) => (isCallError(error) ? error.outcome : Promise.reject(error)),
)

// Whatever the outcome, the job is looked up and never queued again.
const states: unknown[] = []
for (let poll = 0; poll < 10; poll += 1) {
  if (poll === 1) failNextList()
  const job = (await clanforge.listImageInstalls()).installs.find((one) => one.jobid === jobid)
  states.push(job?.jobstatename ?? 'not listed')
  if (job === undefined || job.joberror) break
}

const urls = queued().map((request) => request.url)
const faults = mock.requests.flatMap((request) => request.fault ?? [])
await close()
console.log(JSON.stringify({ outcome, states, queued: urls, faults }))
