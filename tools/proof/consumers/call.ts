import { type ClientOptions, createClient } from '@image-install-queue/client'
import { createMock } from '@image-install-queue/mock'

const options: ClientOptions = {
  accessKey: 'key',
  secretKey: 'secret',
  accountserviceid: 5678,
  baseUrl: 'http://127.0.0.1',
}
const clanforge = createClient({ ...options, fetch: createMock().fetch })
console.log(JSON.stringify(await clanforge.queueImageInstall({ jobid: 1005, mirroring: true })))
