import { createClient, isMirrorJob } from '@image-install-queue/client'

// Keys, host and account service come from CLANFORGE_… variables.
const clanforge = createClient()

const job = await clanforge.queueImageInstall({
  jobid: 1234,
  mirroring: true,
})
console.log(`${job.jobstatename}, ${job.jobprogress} %`)
if (isMirrorJob(job)) console.log(job.versionmirrorid)
