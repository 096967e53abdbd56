import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Where Chromium is: in `CHROMIUM_PATH`, else on the path; empty where there is none. */
export function chromiumPath(): string {
  return process.env.CHROMIUM_PATH || findProgram('chromium', 'chromium-browser', 'google-chrome')
}

/** Where the first of these programs is on the path; empty where there is none. */
export function findProgram(...names: readonly string[]): string {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync) ?? ''
}
