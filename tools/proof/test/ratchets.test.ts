import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { overdrawn } from '../src/budget.ts'
import { countLines } from '../src/lines.ts'

describe('the count of hand-written lines', () => {
  let folder: string
  const write = (file: string, text = 'one\n\n  \n// two\n') => {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lines-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('holds code and comments by folder, and neither blank lines nor what nobody wrote or ships', () => {
    for (const file of ['packages/a/src/x.ts', 'packages/a/build/deep/y.mjs', 'spec/z.css', 'tools/b/w.py']) write(file)
    for (const name of ['test', 'fixtures', 'generated', 'consumers', 'dist', 'node_modules/p', 'src/baseline'])
      write(`packages/a/${name}/x.ts`)
    for (const file of ['packages/a/vitest.config.ts', 'packages/a/README.md', 'spec/openapi.yaml']) write(file)
    expect(countLines(folder)).toEqual({ 'packages/a': 4, spec: 2, 'tools/b': 2 })
  })
})

describe('the budget', () => {
  const budget = { lines: { a: 10, b: 10 }, clientGzip: { browser: 100, node: 110 } }

  it('lets lines move from one folder to another, and everything fall', () => {
    expect(overdrawn(budget, { lines: { a: 12, b: 5, c: 3 }, clientGzip: { browser: 100, node: 90 } })).toEqual([])
  })

  it('stops a rise, and names the folders that grew', () => {
    expect(overdrawn(budget, { ...budget, lines: { a: 9, b: 11, c: 1 } })).toEqual([
      '21 hand-written lines, 20 allowed: b 10 → 11, c 0 → 1',
    ])
  })

  it('stops a client that grew, for each platform by itself', () => {
    expect(overdrawn(budget, { ...budget, clientGzip: { browser: 101, node: 90 } })).toEqual([
      'bytes of the client, gzipped, for browser 100 → 101',
    ])
  })
})
