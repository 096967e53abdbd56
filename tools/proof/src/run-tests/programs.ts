import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The path of Chromium, from `CHROMIUM_PATH` or the search path. Empty if it is not installed. */
export function chromiumPath(): string {
  return process.env.CHROMIUM_PATH || findProgram('chromium', 'chromium-browser', 'google-chrome')
}

/** The path of the first of these programs that is installed. Empty if none is. */
export function findProgram(...names: readonly string[]): string {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync) ?? ''
}
