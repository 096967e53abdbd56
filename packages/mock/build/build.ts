import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BuildOptions, build } from 'esbuild'
import { asPrismFindsThem, leanPrism } from './lean-prism.ts'
import { licences } from './licences.ts'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node22',
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  // The other entry points of Prism's dependencies are UMD, which a bundler cannot see through.
  mainFields: ['module', 'main'],
} satisfies BuildOptions

rmSync(dist, { recursive: true, force: true })
const engine = await build({
  ...common,
  entryPoints: { engine: 'src/prism.ts' },
  outdir: dist,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  minify: true,
  plugins: [leanPrism],
})
const random = await build({
  ...common,
  entryPoints: { random: 'build/random.cjs' },
  outdir: dist,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  minify: true,
  plugins: [asPrismFindsThem],
})
await build({
  ...common,
  entryPoints: ['src/index.ts', 'src/cli.ts'],
  outdir: dist,
  format: 'esm',
  splitting: true,
  chunkNames: 'mock-[hash]',
  plugins: [
    {
      name: 'engine',
      setup: (own) => own.onResolve({ filter: /\/prism\.ts$/ }, () => ({ path: './engine.cjs', external: true })),
    },
  ],
})
writeFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), licences(root, engine.metafile, random.metafile))
const types = spawnSync('tsc', ['--project', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
process.exitCode = types.status ?? 1
