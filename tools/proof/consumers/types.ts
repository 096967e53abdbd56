import { type CallError, createClient, isCallError, isMirrorJob, type MirrorJob } from '@image-install-queue/client'
import { validate } from '@image-install-queue/client/validate'

const clanforge = createClient({ accountserviceid: 5678, validate })

export async function queue(jobid: number): Promise<number | CallError> {
  try {
    const job = await clanforge.queueImageInstall({ jobid, mirroring: true }, { timeoutMs: 1_000 })
    return isMirrorJob(job) ? mirrorOf(job) : job.machinejobid
  } catch (error) {
    if (isCallError(error)) return error
    throw error
  }
}

const mirrorOf = (job: MirrorJob): number => job.versionmirrorid
