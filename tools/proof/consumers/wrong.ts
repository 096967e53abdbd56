import { createClient } from '@image-install-queue/client'

const clanforge = createClient()

// @ts-expect-error the job ID must be a number
clanforge.queueImageInstall({ jobid: '12', mirroring: true })
// @ts-expect-error mirroring is required
clanforge.queueImageInstall({ jobid: 12 })
