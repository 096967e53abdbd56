import { createClient, isMirrorJob } from '@image-install-queue/client'

const clanforge = createClient()
const job = await clanforge.queueImageInstall({ jobid: 1234, mirroring: true })

console.log(job.jobstatename, isMirrorJob(job) ? job.versionmirrorid : job)
