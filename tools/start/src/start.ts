import { readArgs } from './args.ts'
import { demo } from './demo.ts'
import { listen } from './server.ts'

const credentials = { accessKey: 'demo', secretKey: 'demo', accountserviceid: 5678 }

async function main(): Promise<number> {
  const asked = readArgs(process.argv.slice(2))
  if (typeof asked === 'number') return asked
  const port = Number(process.env.PORT ?? 4010)
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    console.error(`PORT=${process.env.PORT} is not a port: use a whole number from 0 to 65535.`)
    return 2
  }
  const server = await listen(port)
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
  if (asked.once || failures > 0) {
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

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof Error) || !('code' in error)) throw error
  if (error.code !== 'EADDRINUSE') throw error
  console.error(`Port ${process.env.PORT ?? 4010} is in use. Choose another: PORT=4011 npx -y pnpm@12 start`)
  process.exitCode = 1
}
