import { once } from 'node:events'
import { existsSync, readFileSync, watch } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, dirname, extname, join } from 'node:path'
import { InvalidContractError, readContract } from '@image-install-queue/contract/old/index'
import { type Build, build, redocly } from './build.ts'

/** Milliseconds that the files must be still before a build: an editor saves in several steps. */
const quiet = 50

const types: Record<string, string> = { '.html': 'text/html', '.json': 'application/json' }

const reload = "<script>new EventSource('/reload').onmessage = () => location.reload()</script>"

export interface Dev extends Omit<Build, 'document'> {
  /** 0 takes any free port. */
  readonly port: number
  /** Takes what would be printed. */
  readonly print: (line: string) => void
}

/**
 * Serves the documentation on loopback and builds it again whenever the contract or a sample changes: open pages
 * reload, and what the linter finds is printed with file and line. An invalid contract leaves the last page up.
 *
 * @throws the system's error when the port cannot be had
 */
export async function dev({ port, print, ...from }: Dev): Promise<{ url: string; close: () => void }> {
  const pages = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    const name = basename(new URL(String(request.url), 'http://localhost').pathname) || 'index.html'
    const file = join(from.out, name)
    if (name === 'reload') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
      pages.add(response)
      response.on('close', () => pages.delete(response))
    } else if (existsSync(file)) {
      response.setHeader('content-type', `${types[extname(name)] ?? 'text/plain'}; charset=utf-8`)
      // The published page allows no connection, so the one for reloading needs a page without that rule.
      response.end(readFileSync(file, 'utf8').replace(/<meta http-equiv[^>]*>/, () => reload))
    } else response.writeHead(404).end('not found')
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')

  async function rebuild(): Promise<void> {
    try {
      const { document } = await readContract(from.yaml)
      const [, findings] = await Promise.all([build({ ...from, document }), lint(from.yaml)])
      print(findings)
      for (const page of pages) page.write('data: reload\n\n')
    } catch (error) {
      if (!(error instanceof InvalidContractError)) throw error
      print(error.message)
    }
  }

  // One build at a time: a change during a build is built after it.
  let building = rebuild()
  let timer: NodeJS.Timeout | undefined
  const changed = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      building = building.then(rebuild)
    }, quiet)
  }
  const watchers = [
    // The folder, since an editor may replace the file by a new one.
    watch(dirname(from.yaml), (_, name) => name === basename(from.yaml) && changed()),
    watch(from.samples, { recursive: true }, changed),
  ]
  await building
  // A TCP server that listens has an address of this kind.
  const address = server.address() as AddressInfo
  const close = () => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
    server.close()
    server.closeAllConnections()
  }
  return { url: `http://127.0.0.1:${address.port}/`, close }
}

/** What the linter says, by the rules beside the contract. */
async function lint(yaml: string): Promise<string> {
  const config = join(dirname(yaml), 'redocly.yaml')
  // Findings make it exit with an error; they are on its output as ever.
  const { stdout, stderr } = await redocly(['lint', yaml, '--config', config]).catch(
    (failure: { stdout: string; stderr: string }) => failure,
  )
  return stdout.trim() || stderr.trim()
}
