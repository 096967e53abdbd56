import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { run, type Tarball } from '../../src/packed/install.ts'

const modules = join(import.meta.dirname, '../../node_modules')

/** Returns the messages of publint about a tarball, suggestions included. */
export async function publintFindings({ filename }: Tarball): Promise<string[]> {
  const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(readFileSync(filename)).buffer } })
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code)
}

/** Returns the output of "are the types wrong" for a tarball of an ESM-only package; empty if it found no problem. */
export async function attwFindings({ filename }: Tarball): Promise<string> {
  const args = [filename, '--profile', 'esm-only', '--format', 'ascii', '--no-color']
  const attw = fileURLToPath(new URL('dist/index.js', import.meta.resolve('@arethetypeswrong/cli/package.json')))
  const { failed, output } = await outcome(process.execPath, [attw, ...args])
  // It accepts a package without types; this check does not.
  return failed || output.includes('does not contain types') ? output : ''
}

/** Type-checks files of a project with the strictest options, and returns the errors of the compiler. */
export async function typeErrors(
  project: string,
  files: readonly string[],
  compiler: string,
  options: object,
): Promise<string> {
  const strictest = { strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false }
  const compilerOptions = { ...strictest, noEmit: true, target: 'es2023', ...options }
  const tsconfig = join(project, `tsconfig.${crypto.randomUUID()}.json`)
  writeFileSync(tsconfig, JSON.stringify({ compilerOptions, files }))
  const { failed, output } = await outcome(process.execPath, [join(modules, compiler, 'bin/tsc'), '-p', tsconfig])
  return failed ? output : ''
}

const outcome = (command: string, args: readonly string[]): Promise<{ failed: boolean; output: string }> =>
  run(command, args).then(
    ({ stdout }) => ({ failed: false, output: stdout }),
    (error: { stdout?: string; message: string }) => ({ failed: true, output: error.stdout || error.message }),
  )
