import { createClient } from '@image-install-queue/client'

export const job = createClient().queueImageInstall({ jobid: '12', mirroring: 'yes' })
