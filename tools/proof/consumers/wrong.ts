import { createClient } from '@image-install-queue/client'

const clanforge = createClient()

// @ts-expect-error a job id is a number
clanforge.queueImageInstall({ jobid: '12', mirroring: true })
// @ts-expect-error mirroring is asked for
clanforge.queueImageInstall({ jobid: 12 })
