const { createClient } = require('@image-install-queue/client')
const { createMock } = require('@image-install-queue/mock')

const options = { accessKey: 'key', secretKey: 'secret', accountserviceid: 5678, baseUrl: 'http://127.0.0.1' }
const clanforge = createClient({ ...options, fetch: createMock().fetch })
clanforge.queueImageInstall({ jobid: 1005, mirroring: true }).then((job) => console.log(JSON.stringify(job)))
