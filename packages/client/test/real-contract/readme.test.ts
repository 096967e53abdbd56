import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createMock } from '@image-install-queue/mock'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const packageFolder = join(import.meta.dirname, '../..')
const readme = readFileSync(join(packageFolder, 'README.md'), 'utf8')
/** The TypeScript of the README, each with the heading above it. */
function readPrograms(): [heading: string, code: string][] {
  const programs: [string, string][] = []
  let heading = ''
  for (const [, title, code] of readme.matchAll(/^#+ (.+)$|^```ts\n([\s\S]*?)^```/gm)) {
    if (title) heading = title
    else programs.push([heading, code ?? ''])
  }
  return programs
}
const programs = readPrograms()

describe('the programs in the README', () => {
  // In the folder of the package, so that its name resolves to its built files.
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(packageFolder, 'readme-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('are several', () => {
    expect(programs.length).toBeGreaterThan(5)
  })

  test.each(programs)('run unchanged against the mock: %s', async (heading, code) => {
    await using mock = createMock()
    const { url } = await mock.listen()
    const file = join(folder, 'program.ts')
    writeFileSync(file, code)
    const env = {
      ...process.env,
      CLANFORGE_BASE_URL: url,
      CLANFORGE_ACCESS_KEY: 'any',
      CLANFORGE_SECRET_KEY: 'keys',
      CLANFORGE_ACCOUNT_SERVICE_ID: '5678',
    }
    const { stdout } = await promisify(execFile)(process.execPath, [file], { env })
    if (heading !== 'Quick start') return
    expect(stdout).toMatch(/^Queued \d+\n$/)
    const queued = mock.requests.filter(({ operationId }) => operationId === 'queueImageInstall')
    expect(queued).toHaveLength(1)
  })
})
