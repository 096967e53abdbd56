import type { Asked } from './args.ts'
import { demo } from './demo.ts'
import { listen } from './server.ts'

const credentials = { accessKey: 'demo', secretKey: 'demo', accountserviceid: 5678 }

/** Serves everything on one port and makes the calls, until it is stopped or was asked to end. Resolves with the exit code. */
export async function start({ once, port }: Asked): Promise<number> {
  const server = await listen(port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    console.error(`Port ${port} is in use. Choose another: PORT=4011 npx -y pnpm@12 start`)
  })
  if (!server) return 1
  console.log(`
Serving on ${server.url}, on this machine only. Nothing here reaches a live server.

  ${server.url}/               the documentation
  ${server.url}/openapi.yaml   the contract, also as /openapi.json
  ${server.url}/cfp/v1/…       the mock

Four calls with the client just built (Node ${process.versions.node}):
`)
  const failures = await demo({ ...credentials, baseUrl: server.url })
  console.log(`Queue a rollout and follow it to its end, in another terminal:

  CLANFORGE_BASE_URL=${server.url} CLANFORGE_ACCESS_KEY=any CLANFORGE_SECRET_KEY=keys CLANFORGE_ACCOUNT_SERVICE_ID=7001 \\
    npx -y pnpm@12 exec node packages/cli/bin/image-install-queue.js queue 1003 --wait --every 1s
`)
  if (once || failures > 0) {
    await server.close()
    if (failures > 0) console.error(`${failures} of the demo calls got a wrong answer.`)
    return failures > 0 ? 1 : 0
  }
  console.log('Press Ctrl-C to stop.')
  await new Promise((stop) => {
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
  })
  await server.close()
  return 0
}
