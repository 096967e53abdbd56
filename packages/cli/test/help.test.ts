import { createMock } from '@image-install-queue/mock'
import { describe, expect, it } from 'vitest'
import { clientOver, command } from './support.ts'

const account = (accountserviceid: number) => clientOver(createMock().fetch, accountserviceid)

describe.each(['', 'list', 'queue', 'watch'])('--help of %j', (name) => {
  const help = async (columns = 80) => {
    const { exit, out } = await command(`${name} --help`.trim(), account(7001), { columns })
    expect(exit).toBe(0)
    return out
  }

  it.each([80, 0])('has at most 50 lines of at most 80 columns, in a terminal of %d', async (columns) => {
    const lines = (await help(columns)).trimEnd().split('\n')
    expect(lines.length).toBeLessThanOrEqual(50)
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80)
  })

  it('describes each option in lower case, without a full stop, in at most 60 characters', async () => {
    const descriptions = [...(await help()).matchAll(/^ {2}-.*? {2,}(.*?)(?: \(default.*)?$/gm)]
    expect(descriptions.length).toBeGreaterThan(0)
    for (const [, description = ''] of descriptions) expect(description).toMatch(/^[a-z].{0,58}[^.]$/)
  })

  it('has a line for every exit code', async () => {
    expect([...(await help()).matchAll(/^ {2}(\d+) {2,}\S/gm)].map(([, code]) => Number(code))).toEqual([
      0, 1, 2, 3, 130,
    ])
  })

  it('has two examples that run', async () => {
    const [, examples = ''] = /\nExamples:\n((?: {2}.+\n)+)/.exec(await help()) ?? []
    const lines = examples.trimEnd().split('\n')
    expect(lines).toHaveLength(2)
    for (const line of lines) {
      const [, args = ''] = /^ {2}image-install-queue (.+)$/.exec(line) ?? []
      const quick = /watch|--wait/.test(args) ? `${args} --every 1ms` : args
      const { exit, out } = await command(quick, account(args.startsWith('list') ? 7100 : 7001))
      expect([args, exit]).toEqual([args, 0])
      expect(out).not.toBe('')
    }
  })
})
