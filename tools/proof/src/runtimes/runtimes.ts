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

/** A runtime: its binary, and a function that runs `probe.js` of a project and returns what it printed. */
export interface Runtime {
  readonly binary: string
  probe(project: string, at: Servers): Promise<string>
}

/** The folder whose own manifest names the runtimes. They take a gigabyte, so only this command installs them. */
export const install = join(import.meta.dirname, '../../install')
const { dependencies } = JSON.parse(readFileSync(join(install, 'package.json'), 'utf8'))

/** Every runtime that is tested, by the name it is installed under. */
export const runtimeNames: readonly string[] = [...Object.keys(dependencies), 'chromium']

/** Finds a runtime by its name; throws an error with the reason if it is not available. */
export function findRuntime(name: string): Runtime {
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
      // The page and the mock have different origins, like a web page and the API.
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
  // The environment of this machine, such as a proxy, must not change the result.
  const env = { HOME: cwd, NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1' }
  const { stdout } = await run(binary, args, { cwd, env, timeout: 60_000 })
  return stdout
}

/** The binary of this platform, which is an optional dependency of the package. */
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
