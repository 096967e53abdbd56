import { existsSync, readFileSync, watch } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, dirname, extname, join } from 'node:path'
import { InvalidContractError, readContract } from '@image-install-queue/spec/read'
import { type Build, build, places, redocly } from './build.ts'

/** Milliseconds that the files must be still before a rebuild: an editor saves in several steps. */
const quiet = 50

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.yaml': 'application/yaml',
}

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
 */
export async function dev({ port, print, ...from }: Dev): Promise<{ url: string; close: () => void }> {
  const pages = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    if (request.url === '/reload') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
      pages.add(response)
      response.on('close', () => pages.delete(response))
      return
    }
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const name = basename(path) || 'index.html'
    const file = join(from.out, name)
    if (!existsSync(file)) {
      response.writeHead(404).end('not found')
      return
    }
    response.writeHead(200, { 'content-type': types[extname(name)] ?? 'text/plain', 'cache-control': 'no-store' })
    const content = readFileSync(file, 'utf8')
    // The published page allows no connection, so the one for reloading needs a page without that rule.
    response.end(name.endsWith('.html') ? content.replace(/<meta http-equiv[^>]*>/, () => reload) : content)
  })

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
  let running = rebuild()
  let timer: NodeJS.Timeout | undefined
  const changed = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      running = running.then(rebuild)
    }, quiet)
  }
  // The folder, since an editor may replace the file by a new one.
  const watchers = [
    watch(dirname(from.yaml), (_, name) => name === basename(from.yaml) && changed()),
    watch(from.samples, { recursive: true }, changed),
  ]
  await running
  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', listening)
  })
  // A TCP server has an address object once it listens.
  const { port: actual } = server.address() as AddressInfo
  const close = () => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
    server.close()
    server.closeAllConnections()
  }
  return { url: `http://127.0.0.1:${actual}/`, close }
}

/** What the house rules beside the contract find, or that they find nothing. */
async function lint(yaml: string): Promise<string> {
  const config = join(dirname(yaml), 'redocly.yaml')
  const { stdout, stderr } = await redocly(['lint', yaml, ...(existsSync(config) ? ['--config', config] : [])]).catch(
    // The linter's exit code says that there are findings; they are on its output as ever.
    (failure: { stdout: string; stderr: string }) => failure,
  )
  return stdout.trim() || stderr.trim()
}

if (import.meta.main) {
  const { url } = await dev({ ...places, port: Number(process.env.PORT ?? 4011), print: console.log })
  console.log(`${url} rebuilds when the contract or a sample changes. Ctrl-C ends it.`)
}
