import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BuildOptions, build } from 'esbuild'
import { leanPrism, prism } from './lean-prism.ts'
import { licences } from './licences.ts'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  // CommonJS: importing node:http as an ES module loads fetch too, a seventh of the start.
  format: 'cjs',
  target: 'node22',
  outdir: dist,
  outExtension: { '.js': '.cjs' },
  minify: true,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  // As Node loads them. Between ES modules esbuild adds getters, which slow Prism down.
  mainFields: ['main'],
} satisfies BuildOptions

rmSync(dist, { recursive: true, force: true })
// Library and command in one file, which is read once.
const mock = await build({
  ...common,
  stdin: {
    contents: `export { run } from './src/command/run.ts'; export * from './src/index.ts'`,
    resolveDir: root,
    sourcefile: 'mock.ts',
  },
  entryNames: 'mock',
  plugins: [leanPrism],
})
// The modules of Prism that only random data needs: three megabytes, loaded on demand.
const random = await build({
  ...common,
  stdin: {
    contents: `
      exports.faker = require('@faker-js/faker').faker
      exports.JSONSchemaFaker = require('json-schema-faker').JSONSchemaFaker
      exports.seedrandom = require('seedrandom')`,
    resolveDir: prism,
    sourcefile: 'random.cjs',
  },
  entryNames: 'random',
})
writeFileSync(join(dist, 'index.js'), `export { createMock, specSha256, specVersion } from './mock.cjs'\n`)
writeFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), licences(root, mock.metafile, random.metafile))
const types = spawnSync('tsc', ['--project', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
process.exitCode = types.status ?? 1
