import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'
import { createMock, type Listening } from '@image-install-queue/mock'

const mediaTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.yaml': 'application/yaml',
}

/** One server for everything: the files of the documentation, and the mock for every other path. */
export function listen(port: number): Promise<Listening> {
  const files = documentation()
  return createMock().listen({
    port,
    before: ({ url }) => {
      const file = files.get(url.split('?')[0] ?? '')
      return file && { status: 200, headers: { 'content-type': file.mediaType }, body: file.bytes }
    },
  })
}

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
