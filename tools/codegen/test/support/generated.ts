import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Contract, readContract } from '@image-install-queue/contract'
import type { Files } from '../../src/files.ts'
import { run } from '../../src/run.ts'

const root = join(import.meta.dirname, '../../../..')
const client = join(root, 'packages/client')

/** Reads a contract that a test has as a string. */
export async function contractFrom(text: string): Promise<Contract> {
  const folder = mkdtempSync(join(tmpdir(), 'contract-'))
  try {
    writeFileSync(join(folder, 'contract.yaml'), text)
    return await readContract(join(folder, 'contract.yaml'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Returns the syntax errors of generated files. Node's parser needs a sixth of the compiler's time. */
export function syntaxErrors(files: Files): string[] {
  return Object.entries(files).flatMap(([name, text]) => {
    try {
      name.endsWith('.json') ? JSON.parse(text) : stripTypeScriptTypes(text)
      return []
    } catch (error) {
      return [`${name}: ${error}`]
    }
  })
}

/** Creates a folder for clients of several contracts that are compiled together. */
export function makeWorkshop(folder: string): void {
  mkdirSync(folder, { recursive: true })
  symlinkSync(join(client, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: join(client, 'tsconfig.build.json'),
      compilerOptions: { rootDir: '.', noEmit: true },
      include: ['*/src'],
    }),
  )
}

/** Adds a client of another contract to a workshop: the hand-written files and the generated ones. */
export async function addClient(workshop: string, name: string, contract: string): Promise<string> {
  const folder = join(workshop, name)
  cpSync(join(client, 'src'), join(folder, 'src'), { recursive: true })
  cpSync(join(client, 'package.json'), join(folder, 'package.json'))
  rmSync(join(folder, 'src/generated'), { recursive: true })
  writeFileSync(join(folder, 'contract.yaml'), contract)
  await run(['client', '--spec', join(folder, 'contract.yaml'), '--out', join(folder, 'src/generated')])
  return folder
}

/** Returns the output of the compiler for all clients of a workshop. */
export function compile(workshop: string): string {
  try {
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    return execFileSync(process.execPath, [compiler, '-p', '.'], { cwd: workshop, encoding: 'utf8' })
  } catch (error) {
    return String(Object(error).stdout)
  }
}
