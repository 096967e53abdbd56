import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runtimeNames } from '../../src/runtimes/runtimes.ts'

const readSnapshot = (name: string): Readonly<Record<string, unknown>> =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../../runtimes/${name}.json`), 'utf8'))

describe('the table of runtimes in the client README', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../../../packages/client/README.md'), 'utf8')
  const [, table = ''] = /^\| Runtime .*\n\| -.*\n((?:\|.*\n)+)/m.exec(readme) ?? []
  const rows = table
    .trim()
    .split('\n')
    .map((row) => row.split('|').map((cell) => cell.trim()))
    .map(([, title = '', errors = '', sent = '', mock = '']) => ({ title, errors, sent, mock }))

  /** The runtimes that a row of the table describes. */
  const described: Readonly<Record<string, readonly string[]>> = {
    'Node 22.21': ['node-22-oldest'],
    'Node 22.23, 24, 26': ['node-22', 'node-24', 'node-26'],
    'Bun 1.4': ['bun'],
    'Deno 2.9': ['deno'],
    'workerd before 2026-11-17': ['workerd-earlier'],
    'workerd from 2026-11-17': ['workerd'],
    'Chromium, other browsers untested': ['chromium'],
  }

  test('has a row for every runtime that is tested, and no other', () => {
    expect(rows.map(({ title }) => title)).toEqual(Object.keys(described))
    expect(Object.values(described).flat().toSorted()).toEqual([...runtimeNames].toSorted())
  })

  test.each(rows)('states the results of the snapshots for $title', ({ title, errors, sent, mock }) => {
    const reference = readSnapshot('node-24')
    for (const name of described[title] ?? []) {
      const { runtime, ...facts } = readSnapshot(name)
      const indistinct = Object.keys(facts).filter(
        (fact) => !fact.startsWith('requests received') && facts[fact] !== reference[fact],
      )
      expect(errors).toBe(indistinct.length === 0 ? 'all' : `all except ${indistinct.join(', ')}`)
      expect(sent.startsWith('yes'), name).toBe(facts['requests received per call'] === 1)
      expect(sent.includes('421'), name).toBe(facts['requests received after a 421'] !== 1)
      expect(mock, name).toBe(name.startsWith('node') ? 'yes' : 'untested')
      // A title with a version names the version that was tested.
      if (/^(Bun|Deno)/.test(title)) expect(`${title.split(' ')[0]} ${runtime}`).toContain(`${title}.`)
    }
  })
})
