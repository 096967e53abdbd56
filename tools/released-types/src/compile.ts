import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { readContract } from '@image-install-queue/contract/old/index'
import { consumer } from './consumer.ts'

const require = createRequire(import.meta.url)
const codegen = join(require.resolve('@image-install-queue/codegen/package.json'), '../src/cli.ts')
const tsc = join(require.resolve('typescript/package.json'), '../bin/tsc')
const run = promisify(execFile)

/**
 * Compiles code written for the released types against the current ones.
 *
 * @param released path of the released contract
 * @param current path of the contract as it stands
 * @returns what the compiler says, a line each; nothing when all is well
 */
export async function brokenTypes(released: string, current: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'released-types-'))
  const generate = (spec: string, out: string) =>
    run(process.execPath, [codegen, 'client', '--spec', spec, '--out', join(folder, out)])
  try {
    await Promise.all([generate(released, 'released'), generate(current, 'current')])
    writeFileSync(join(folder, 'consumer.ts'), consumer(await readContract(released)))
    const options = '--strict --noEmit --module nodenext --allowImportingTsExtensions --pretty false'.split(' ')
    return await run(process.execPath, [tsc, ...options, 'consumer.ts'], { cwd: folder }).then(
      () => [],
      (error: { stdout: string }) => error.stdout.trimEnd().split('\n'),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}
