import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

// `pnpm size`: fails when the hand-written client grows past its limit. The generated table is left out, because it grows
// with the contract.
const limitKb = 11.5

const program = `import { createClient } from '@image-install-queue/client'
console.log(await createClient({ accountserviceid: 1 }).queueImageInstall({ jobid: 1, mirroring: true }))`

const { outputFiles } = await build({
  stdin: { contents: program, resolveDir: import.meta.dirname },
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'browser',
  external: ['./generated/contract.gen.js'],
  write: false,
})
const bytes = outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0)
const kb = (bytes / 1024).toFixed(2)

if (bytes > limitKb * 1024) {
  console.error(`The client is ${kb} kB gzipped without generated code. The limit is ${limitKb} kB.`)
  console.error(
    'Remove what users do not need, or raise `limitKb` in tools/proof/src/client-size.ts to the next 0.25 kB',
  )
  console.error('and give the reason in the commit message.')
  process.exitCode = 1
} else {
  console.log(`The client is ${kb} kB gzipped without generated code (limit ${limitKb} kB).`)
}
