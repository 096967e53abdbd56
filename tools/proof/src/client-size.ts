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
  const { length } = gzipSync(outputFiles[0]?.contents ?? '', { level: 9 })
  // The hash of the contract stands in it, and compresses by luck: an edit of the contract alone is no rise.
  return Math.ceil(length / 10) * 10
}
