import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { copyRepository } from '../copy-repository.ts'

// `pnpm test:release`: does in a copy of the repository what the release workflow does, but uploads nothing. The registry
// is a server on this machine.
const packages = ['spec', 'client', 'mock', 'cli'] as const

/** A registry that has only the versions in `published`. */
async function startRegistry(published: ReadonlyMap<string, string>) {
  const server = createServer(({ url = '' }, response) => {
    const name = decodeURIComponent(url.slice(1))
    const version = published.get(name)
    const dist = { tarball: 'http://127.0.0.1/none.tgz', shasum: '0'.repeat(40) }
    const versions = version && { [version]: { name, version, dist } }
    const metadata = versions && { name, 'dist-tags': { latest: version }, versions }
    response.writeHead(metadata ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(metadata ?? {}))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo // a TCP server's address
  return { url: `http://127.0.0.1:${port}/`, [Symbol.dispose]: () => void server.close() }
}

using copy = await copyRepository()
const pnpm = (script: string, args: readonly string[] = [], env?: NodeJS.ProcessEnv) =>
  copy.run('pnpm', ['run', script, ...args], env)
const read = (file: string) => readFileSync(copy.path(file), 'utf8')

await pnpm('release:contract')
await pnpm('release:version')
const { version } = JSON.parse(read('packages/client/package.json'))
const contract = JSON.parse(read('spec/package.json')).version
assert.match(read('packages/client/CHANGELOG.md'), new RegExp(`^## ${version}$`, 'm'))
assert.ok(read('spec/README.md').includes(`| ${version} | ${contract} |`))
console.log(`release:version set ${version} for contract ${contract}`)

// Whatever the version step changed, generated code included, passes the checks.
await pnpm('check')
console.log('check passed')

console.log(await pnpm('release:pack', [], { GITHUB_REPOSITORY: 'example/image-install-queue' }))
for (const name of packages) {
  const tarball = copy.path(`dist/image-install-queue-${name}.tgz`)
  const packed = JSON.parse(await copy.run('tar', ['-xzOf', tarball, 'package/package.json']))
  const directory = name === 'spec' ? 'spec' : `packages/${name}`
  assert.equal(packed.version, name === 'spec' ? contract : version)
  assert.deepEqual(packed.repository, {
    type: 'git',
    url: 'git+https://github.com/example/image-install-queue.git',
    directory,
  })
  assert.equal(packed.bugs, 'https://github.com/example/image-install-queue/issues')
  assert.equal(packed.homepage, `https://github.com/example/image-install-queue/tree/main/${directory}#readme`)
  assert.doesNotMatch(JSON.stringify(packed.dependencies ?? {}), /workspace:|catalog:/)
}

using registry = await startRegistry(new Map([['@image-install-queue/client', version]]))
const env = { npm_config_registry: registry.url, PNPM_CONFIG_REGISTRY: registry.url }

// The workflow publishes if this plan is not empty. It ignores the contract, which is published with the packages.
await copy.run('pnpm', ['exec', 'changeset', 'publish-plan', '--output', 'plan.json'], env)
const plan: { name: string }[][] = JSON.parse(read('plan.json')).plan
assert.deepEqual(
  plan
    .flat()
    .map(({ name }) => name)
    .toSorted(),
  ['@image-install-queue/cli', '@image-install-queue/mock'],
)

const printed = await pnpm('release:publish', ['--dry-run'], env)
console.log(printed)
const published = [...printed.matchAll(/^\+ @image-install-queue\/(\w+)@/gm)].map(([, name]) => name)
assert.deepEqual(published, ['spec', 'mock', 'cli'])
assert.ok(printed.includes(`@image-install-queue/client@${version} is already published.`))
console.log('The release steps passed.')
