import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** A folder for the tests of one file, gone when they are done. Not to be called in a test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'docs-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
