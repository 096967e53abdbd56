import { rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { copyWorkspace } from '@image-install-queue/proof/copy-workspace'
import { freePort } from '../free-port.ts'
import { interleave, type Row, row } from '../measure.ts'
import { duration, run, startServer, stopServer } from '../process.ts'

const require = createRequire(import.meta.url)
const spec = require.resolve('@image-install-queue/spec/openapi.yaml')
const openapiTypescript = join(dirname(require.resolve('openapi-typescript/package.json')), 'bin/cli.js')
const prism = join(dirname(require.resolve('@stoplight/prism-cli/package.json')), 'dist/index.js')
const redocly = join(dirname(require.resolve('@redocly/cli/package.json')), 'bin/cli.js')
const headers = { authorization: `Basic ${Buffer.from('access:secret').toString('base64')}` }

/** What everyday commands take with nothing to do, and how each step grows with the contract. */
export async function measurePipeline(): Promise<Row[]> {
  const rows = await everyday()
  for (const operations of [1, 100, 1000]) rows.push(...(await growth(operations)))
  return rows
}

async function everyday(): Promise<Row[]> {
  const commands = ['generate', 'check', 'test'] as const
  for (const command of commands) await run('pnpm', [command])
  const { nothing, ...taken } = await interleave({
    generate: () => duration('pnpm', ['generate']),
    check: () => duration('pnpm', ['check']),
    test: () => duration('pnpm', ['test']),
    nothing: () => duration('pnpm', ['exec', 'turbo', '--version']),
  })
  const start = 'starting pnpm and turbo'
  const cached = commands.map((name) =>
    row(`pnpm ${name}, all cached`, 'ms', taken[name], start, nothing, {
      ...(name === 'check' && { oursAtMost: 2000 }),
    }),
  )
  // Once only: it takes minutes.
  const uncached = await duration('env', ['TURBO_FORCE=1', 'pnpm', 'test'])
  return [
    ...cached,
    row('pnpm test, nothing cached, one run', 'ms', [uncached], start, nothing, { oursAtMost: 300_000 }),
  ]
}

async function growth(operations: number): Promise<Row[]> {
  const { grownContract } = await import('./grown.ts')
  using copy = copyWorkspace()
  const contract = copy.path('spec/openapi.yaml')
  writeFileSync(contract, await grownContract(spec, operations))
  // The documentation is built from the JSON that this writes.
  await run(process.execPath, ['--run', 'build'], copy.path('spec'))
  const node = (...args: string[]) => duration(process.execPath, args, copy.path())
  const codegen = (target: string) =>
    node(copy.path('tools/codegen/src/cli.ts'), target, '--out', copy.path('packages', target, 'src/generated'))

  const generate = await interleave({
    client: () => codegen('client'),
    mock: () => codegen('mock'),
    bare: () => node(openapiTypescript, contract, '--output', copy.path('bare.ts')),
  })
  await run(process.execPath, [copy.path('packages/mock/build/build.ts')], copy.path('packages/mock'))
  const start = await interleave({
    ours: () => started((port) => [copy.path('packages/mock/bin/mock.js'), '--port', port, '--quiet']),
    prism: () => started((port) => [prism, 'mock', contract, '--port', port, '-v', 'silent']),
  })
  const docs = await interleave({
    ours: () => duration(process.execPath, ['--run', 'build'], copy.path('packages/docs')),
    bare: () => node(redocly, 'build-docs', contract, '--inlineBundle', '-o', copy.path('bare.html')),
  })
  rmSync(copy.path('bare.html'))
  const at = `${operations.toLocaleString('en')} operation${operations === 1 ? '' : 's'}`
  const bound = { ratioAtMost: 1.5 }
  return [
    row(`generate for the client, ${at}`, 'ms', generate.client, 'openapi-typescript', generate.bare, bound),
    row(`generate for the mock, ${at}`, 'ms', generate.mock, 'openapi-typescript', generate.bare, bound),
    row(`mock start, ${at}`, 'ms', start.ours, 'prism mock', start.prism, bound),
    row(`docs build, ${at}`, 'ms', docs.ours, 'redocly build-docs', docs.bare, bound),
  ]
}

async function started(args: (port: string) => string[]): Promise<number> {
  const port = await freePort()
  const path = '/cfp/v1/imageinstall/1234/queue?accountserviceid=5678&mirroring=true'
  const url = `http://127.0.0.1:${port}${path}`
  const server = await startServer(process.execPath, args(String(port)), url, { headers })
  await stopServer(server)
  return server.ms
}
