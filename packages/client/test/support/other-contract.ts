import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const client = join(import.meta.dirname, '../..')
const run = promisify(execFile)

/** The client's hand-written files with what is generated from another contract, in a folder of its own. */
export async function clientFor(contract: string): Promise<{ folder: string; remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'client-for-another-contract-'))
  cpSync(join(client, 'src'), join(folder, 'src'), { recursive: true })
  rmSync(join(folder, 'src/generated'), { recursive: true })
  symlinkSync(join(client, 'node_modules'), join(folder, 'node_modules'))
  await generate(contract, join(folder, 'src/generated'))
  return { folder, remove: () => rmSync(folder, { recursive: true }) }
}

/** Runs the generator as `pnpm generate` does. */
export async function generate(contract: string, out: string): Promise<void> {
  const cli = join(client, '../../tools/codegen/src/cli.ts')
  await run(process.execPath, [cli, 'client', '--spec', contract, '--out', out])
}

export const fixture = (name: string): string => join(client, 'test/fixtures', name)
