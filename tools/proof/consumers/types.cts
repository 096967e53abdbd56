import client = require('@image-install-queue/client')

export const queue = (jobid: number): Promise<client.MirrorJob | client.MachineJob> =>
  client.createClient({ accountserviceid: 5678 }).queueImageInstall({ jobid, mirroring: false })
