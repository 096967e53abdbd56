import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'
import { createMock } from '@image-install-queue/mock'
import { serve } from 'srvx'

const mediaTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.yaml': 'application/yaml',
}

/** One origin for everything: the files of the documentation, and the mock behind every other path. */
export async function listen(port: number): Promise<{ url: string; close: () => Promise<void> }> {
  const mock = createMock()
  const files = documentation()
  const server = serve({
    port,
    hostname: '127.0.0.1',
    silent: true,
    gracefulShutdown: false,
    fetch: (request) => {
      const file = files.get(new URL(request.url).pathname)
      return file ? new Response(file.bytes, { headers: { 'content-type': file.mediaType } }) : mock.fetch(request)
    },
  })
  await server.ready()
  return { url: String(server.url).replace(/\/$/, ''), close: () => server.close(true) }
}

/** The built pages by path. They are read once: a page is a file, and what is not in the folder is not served. */
function documentation() {
  const folder = join(dirname(createRequire(import.meta.url).resolve('@image-install-queue/docs/package.json')), 'dist')
  const files = new Map(
    readdirSync(folder).map((name) => {
      const mediaType = mediaTypes[extname(name)] ?? 'application/octet-stream'
      return [`/${name}`, { bytes: readFileSync(join(folder, name)), mediaType }]
    }),
  )
  const page = files.get('/index.html')
  if (page) files.set('/', page)
  return files
}
