import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import { run } from '../packed/install.ts'
import { chromiumPath } from '../run-tests/programs.ts'

/** The servers a probe talks to. */
export interface Servers {
  readonly mock: string
  readonly counter: string
  readonly refused: string
  readonly misdirectedJob: number
}

/** A runtime: where it is, and how it runs `probe.js` of a project and gives back what that printed. */
export interface Runtime {
  readonly binary: string
  probe(project: string, at: Servers): Promise<string>
}

const install = join(import.meta.dirname, '../../install')
const { dependencies } = JSON.parse(readFileSync(join(install, 'package.json'), 'utf8'))

/** What is to be installed: versions by name. */
export const pinned: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries<string>(dependencies).map(([name, version]) => [name, version.replace(/^npm:.*@/, '')]),
)

/** Finds a runtime by its name, or throws an error that says why it cannot be had. */
export function find(name: string): Runtime {
  if (name === 'chromium') return inChromium(existing(chromiumPath() || 'Chromium'))
  if (name.startsWith('workerd')) return inWorkerd(platformBinary(name, 'bin/workerd'))
  if (name === 'bun') return onCommandLine(platformBinary(name, 'bin/bun'))
  if (name === 'deno') return onCommandLine(platformBinary(name, 'deno'), 'run', '--no-prompt', '--allow-net')
  return onCommandLine(existing(join(install, 'node_modules', name, 'bin/node')))
}

const program = (at: Servers) =>
  `import { probe } from './probe.js'\nconst report = () => probe(${JSON.stringify(at)})\n`

const onCommandLine = (binary: string, ...flags: string[]): Runtime => ({
  binary,
  probe(project, at) {
    writeFileSync(join(project, 'main.js'), `${program(at)}console.log(JSON.stringify(await report()))`)
    return execute(binary, [...flags, 'main.js'], project)
  },
})

const workerdConfig = `using Workerd = import "/workerd/workerd.capnp";
const main :Workerd.Worker = (modules = [(name = "main", esModule = embed "worker.js")], compatibilityDate = "2026-01-01");
const internet :Workerd.Network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true));
const config :Workerd.Config = (services = [(name = "main", worker = .main), (name = "internet", network = .internet)]);
`

const inWorkerd = (binary: string): Runtime => ({
  binary,
  async probe(project, at) {
    const test = 'export default { async test() { console.log(JSON.stringify(await report())) } }'
    writeFileSync(join(project, 'worker.js'), await bundle(project, program(at) + test, ['workerd', 'worker']))
    writeFileSync(join(project, 'worker.capnp'), workerdConfig)
    return execute(binary, ['test', 'worker.capnp'], project)
  },
})

const inChromium = (binary: string): Runtime => ({
  binary,
  async probe(project, at) {
    const args = ['--no-sandbox', '--disable-background-networking', '--disable-component-update']
    const browser = await chromium.launch({ executablePath: binary, args })
    try {
      const page = await browser.newPage()
      // A page of another origin than the mock's, as a web page is of another than the API's.
      await page.goto(at.counter)
      const content = await bundle(project, `${program(at)}globalThis.report = report`)
      await page.addScriptTag({ content, type: 'module' })
      return JSON.stringify(await page.evaluate('report()'))
    } finally {
      await browser.close()
    }
  },
})

async function bundle(project: string, contents: string, conditions: string[] = []): Promise<string> {
  const options = { conditions, bundle: true, format: 'esm', write: false, logLevel: 'error' } as const
  const { outputFiles } = await build({ stdin: { contents, resolveDir: project }, ...options })
  return outputFiles.map((file) => file.text).join()
}

async function execute(binary: string, args: readonly string[], cwd: string): Promise<string> {
  // Nothing of this machine's environment, such as a proxy, changes what a runtime does.
  const env = { HOME: cwd, NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1' }
  const { stdout } = await run(binary, args, { cwd, env, timeout: 60_000 })
  return stdout
}

/** Each platform's binary is an optional package, which pnpm puts beside the one that wants it. */
function platformBinary(name: string, path: string): string {
  const manifest = realpathSync(existing(join(install, 'node_modules', name, 'package.json')))
  const candidates = Object.keys(JSON.parse(readFileSync(manifest, 'utf8')).optionalDependencies)
  const binary = candidates.map((candidate) => join(dirname(manifest), '..', candidate, path)).find(existsSync)
  if (binary === undefined) throw new Error(`${name} has no binary for ${process.platform} ${process.arch}`)
  return binary
}

function existing(path: string): string {
  if (existsSync(path)) return path
  throw new Error(`${path} does not exist`)
}
