import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const program = `import { createClient } from '@image-install-queue/client'
console.log(await createClient({ accountserviceid: 1 }).queueImageInstall({ jobid: 1, mirroring: true }))`

/** Bytes that a program which queues one install has, bundled, minified and gzipped; the client must be built. */
export async function clientSizes(): Promise<Record<'browser' | 'node', number>> {
  return { browser: await bundled('browser'), node: await bundled('node') }
}

async function bundled(platform: 'browser' | 'node'): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: import.meta.dirname },
    ...{ bundle: true, minify: true, format: 'esm', platform, write: false },
  })
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length
}
