import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

const root = join(import.meta.dirname, '../../..')
const leftBehind = new Set(['.git', '.pnpm', '.turbo', 'coverage'])

/**
 * Copies the workspace with its builds to a temporary folder, where its files may be changed.
 *
 * Installed packages are not copied but linked: run programs with `node` there, not through pnpm, which would install
 * into the original. Disposing removes the copy.
 *
 * @example
 * using copy = copyWorkspace()
 * writeFileSync(copy.path('spec/openapi.yaml'), otherContract)
 */
export function copyWorkspace() {
  const folder = mkdtempSync(join(tmpdir(), 'workspace-'))
  const installed = join(root, 'node_modules')
  cpSync(root, folder, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => source !== installed && !leftBehind.has(basename(source)),
  })
  symlinkSync(installed, join(folder, 'node_modules'), 'junction')
  return {
    /** Absolute path of a file or folder in the copy. */
    path: (...segments: readonly string[]) => join(folder, ...segments),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}
