import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { InvalidContractError, readContract } from '@image-install-queue/contract'
import { differences, write } from './files.ts'

// Each target loads its generator on demand: TypeScript alone takes a third of a second.
const targets = {
  client: async () => (await import('./client/index.ts')).generateClient,
  mock: async () => (await import('./mock/index.ts')).generateMock,
}

const usage = `usage: image-install-queue-codegen ${Object.keys(targets).join('|')} [--check] [--spec FILE] [--out FOLDER]`

/**
 * Generates the code of a package from the contract into its `src/generated`, or checks that it is up to date.
 *
 * @returns the exit code: 0 for success, 1 for an invalid contract or files that are out of date, 2 for invalid arguments
 */
export async function run(args: readonly string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { check: { type: 'boolean' }, spec: { type: 'string' }, out: { type: 'string' } },
    })
    const [target] = positionals
    if (positionals.length !== 1 || !isTarget(target)) return complain(2, usage)
    return await generate(target, values)
  } catch (error) {
    if (error instanceof InvalidContractError) return complain(1, error.message)
    if (error instanceof TypeError && 'code' in error && `${error.code}`.startsWith('ERR_PARSE_ARGS')) {
      return complain(2, error.message, usage)
    }
    throw error
  }
}

async function generate(
  target: keyof typeof targets,
  options: { check?: boolean | undefined; spec?: string | undefined; out?: string | undefined },
): Promise<number> {
  const spec = options.spec ?? createRequire(import.meta.url).resolve('@image-install-queue/spec/openapi.yaml')
  const contract = await readContract(spec)
  const generateFiles = await targets[target]()
  // Everything is generated before the first file is written, so an invalid contract leaves the old files unchanged.
  const files = await generateFiles(contract)
  const out = resolve(options.out ?? 'src/generated')
  if (!options.check) {
    write(out, files)
    return 0
  }
  const changed = differences(out, files)
  if (changed.length === 0) return 0
  return complain(
    1,
    ...changed.map((file) => `${file}: differs from the code that the contract generates`),
    'Run: pnpm generate',
  )
}

function isTarget(name: string | undefined): name is keyof typeof targets {
  return name !== undefined && Object.hasOwn(targets, name)
}

function complain(exitCode: number, ...lines: readonly string[]): number {
  for (const line of lines) console.error(line)
  return exitCode
}
