import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'

/** Starts Prism's command line. */
export async function startPrism(document: string) {
  const free = createServer().listen(0, '127.0.0.1')
  await once(free, 'listening')
  const { port } = free.address() as AddressInfo
  free.close()
  await once(free, 'close')
  const cli = createRequire(import.meta.url).resolve('@stoplight/prism-cli/dist/index.js')
  const prism = spawn(process.execPath, [cli, 'mock', document, '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: prism.stdout })
  await new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      if (line.includes('Prism is listening')) resolve()
    })
  })
  return { url: `http://127.0.0.1:${port}`, kill: () => prism.kill('SIGKILL') }
}
