// A whole rollout as a release pipeline does it; with a second argument, every kind of call meets that fault once (`hang`,
// which costs its time, only the call that queues).
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
  // What is no fault, the mock refuses.
  if (fault !== undefined) mock.fail(fault as Fault)
}
const failNextList = () => {
  if (fault !== 'hang') failNext()
}

failNextList()
const [install] = (await clanforge.listImageInstalls()).installs
if (typeof install?.mirroring !== 'boolean') throw new Error('the list does not say what to queue')

failNext()
// Long enough to arrive on a busy machine; what hangs costs all of it.
const how = { timeoutMs: 5_000 }
const outcome = await clanforge.queueImageInstall({ jobid: install.jobid, mirroring: install.mirroring }, how).then(
  () => 'accepted',
  (error) => (isCallError(error) ? error.outcome : Promise.reject(error)),
)

// Whatever the outcome: what became of the job is looked up, and nothing is queued again.
const states: unknown[] = []
for (let look = 0; look < 10; look += 1) {
  if (look === 1) failNextList()
  const job = (await clanforge.listImageInstalls()).installs.find(({ jobid }) => jobid === install.jobid)
  states.push(job?.jobstatename ?? 'not listed')
  if (job === undefined || job.joberror) break
}

const queued = mock.requests
  .filter(({ operationId }) => operationId === 'queueImageInstall')
  .map((request) => request.url)
const faults = mock.requests.flatMap((request) => request.fault ?? [])
await close()
console.log(JSON.stringify({ outcome, states, queued, faults }))
