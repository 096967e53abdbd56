import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createProject, packAll } from '../../src/packed/install.ts'
import { typeErrors } from './package-checks.ts'

const project = mkdtempSync(join(tmpdir(), 'packed-types-'))
const onNode = { module: 'nodenext', types: ['node'], lib: ['es2023'] }
const inBundler = { module: 'esnext', moduleResolution: 'bundler', types: [], lib: ['es2023', 'dom'] }

beforeAll(async () => {
  const { client, mock } = await packAll(project)
  await createProject(project, [client, mock])
  cpSync(join(import.meta.dirname, '../../consumers'), project, { recursive: true })
})
afterAll(() => rmSync(project, { recursive: true, force: true }))

describe.concurrent.each([
  ['5.9', 'typescript-5.9'],
  ['6.0', 'typescript-6.0'],
  ['7.0', 'typescript'],
])(
  'the packed types, with TypeScript %s, checked libraries and exact optional properties',
  { timeout: 120_000 },
  (_, compiler) => {
    test('compile with NodeNext and the types of Node, and reject wrong parameters', async () => {
      expect(await typeErrors(project, ['types.ts', 'types.cts', 'mock.ts', 'wrong.ts'], compiler, onNode)).toBe('')
    })

    test('compile with Bundler and the types of the browser', async () => {
      expect(await typeErrors(project, ['types.ts', 'wrong.ts'], compiler, inBundler)).toBe('')
    })
  },
)
