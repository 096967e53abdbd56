import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'

const tools = join(import.meta.dirname, '../../..')

/** A fixed copy of the contract. Tests that need particular calls use it, so that an edit of the contract breaks none. */
const testContractFile = join(tools, 'contract/test/fixtures/installs.yaml')

/**
 * Vite plugin: replaces the generated files of a package with files generated from the test contract.
 *
 * @param target `client` or `mock`, as for `image-install-queue-codegen`
 */
export function useTestContract(target: 'client' | 'mock') {
  let generated: Promise<ReadonlyMap<string, string>> | undefined
  return {
    name: `test-contract-${target}`,
    enforce: 'pre' as const,
    async load(id: string): Promise<string | undefined> {
      const [path = ''] = id.split('?')
      if (!path.includes(`packages/${target}/src/generated/`)) return undefined
      generated ??= generate(target)
      return (await generated).get(basename(path))
    },
  }
}

async function generate(target: string): Promise<ReadonlyMap<string, string>> {
  const out = mkdtempSync(join(tmpdir(), 'test-contract-'))
  try {
    const codegen = join(tools, 'codegen/src/cli.ts')
    await promisify(execFile)(process.execPath, [codegen, target, '--spec', testContractFile, '--out', out])
    return new Map(readdirSync(out).map((name) => [name, readFileSync(join(out, name), 'utf8')]))
  } finally {
    rmSync(out, { recursive: true })
  }
}
