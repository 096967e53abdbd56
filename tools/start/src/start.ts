import { listen } from './server.ts'

// The last step of `pnpm start`: serves what was built until Ctrl-C.
const port = process.env.PORT || '4010'
const problems: Readonly<Record<string, string>> = {
  EADDRINUSE: `Port ${port} is in use. Choose another one: PORT=4011 npx -y pnpm@12 start`,
  ERR_SOCKET_BAD_PORT: `PORT=${port} is not a port. Use a whole number from 0 to 65535.`,
}

const server = await listen(Number(port)).catch((error: NodeJS.ErrnoException) => {
  const problem = problems[error.code ?? '']
  if (problem === undefined) throw error
  console.error(problem)
  process.exitCode = 1
})

if (server) {
  console.log(`
Serving on ${server.url}, on this machine only. Nothing here reaches a live server.

  ${server.url}/               the documentation
  ${server.url}/openapi.yaml   the contract, also as /openapi.json
  ${server.url}/cfp/v1/…       the mock

To queue a job on the mock and wait until it finishes, run this in another terminal:

  CLANFORGE_BASE_URL=${server.url} CLANFORGE_ACCESS_KEY=any CLANFORGE_SECRET_KEY=keys CLANFORGE_ACCOUNT_SERVICE_ID=7001 \\
    npx -y pnpm@12 exec node packages/cli/bin/image-install-queue.js queue 1003 --wait --every 1s

Press Ctrl-C to stop.`)
  const stop = () => void server.close()
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}
