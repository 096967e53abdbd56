import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** Starts the mock that is installed in `project` with the Node binary `node`, on a free port. */
export async function startMock(project: string, node: string): Promise<{ url: string; stop(): void }> {
  const bin = join(project, 'node_modules/@image-install-queue/mock/bin/mock.js')
  const mock = spawn(node, [bin, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface(mock.stdout)) {
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? []
    if (url) {
      mock.stdout.resume()
      return { url, stop: () => mock.kill() }
    }
  }
  throw new Error(`the mock did not start on ${node}`)
}
