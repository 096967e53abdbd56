import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createProject, packAll, run } from '../../src/packed/install.ts'

const project = mkdtempSync(join(tmpdir(), 'rollout-'))

beforeAll(async () => {
  const { client, mock } = await packAll(project)
  await createProject(project, [client, mock])
  cpSync(join(import.meta.dirname, '../../consumers/roll-out.ts'), join(project, 'roll-out.ts'))
})
afterAll(() => rmSync(project, { recursive: true, force: true }))

describe('a rollout with the packed client against the packed mock', () => {
  test('lists, queues the mirror install it found, and follows it until it is not listed', async () => {
    expect(await rollOut('7001')).toEqual({
      outcome: 'accepted',
      states: ['Queued', 'Running', 'Running', 'Running', 'not listed'],
      queued: ['/cfp/v1/imageinstall/1003/queue?accountserviceid=7001&mirroring=true'],
      faults: [],
    })
  })

  test('does the same for a machine install, which fails', async () => {
    expect(await rollOut('7002')).toEqual({
      outcome: 'accepted',
      states: ['Queued', 'Running', 'Failed'],
      queued: ['/cfp/v1/imageinstall/1004/queue?accountserviceid=7002&mirroring=false'],
      faults: [],
    })
  })

  test.each(['reset', 'truncate', 'html-502'])(
    'queues once and finishes if list, queue and list fail once with %s',
    async (fault) => {
      const { outcome, states, queued, faults } = await rollOut('7001', fault)
      expect(outcome).toBe('unknown')
      expect(queued).toHaveLength(1)
      expect(faults).toEqual([fault, fault, fault])
      expect(states.at(-1)).toBe('not listed')
    },
  )

  test('queues once and finishes if the queue call hangs until it is aborted', async () => {
    const { outcome, states, queued, faults } = await rollOut('7001', 'hang')
    expect(outcome).toBe('unknown')
    expect(queued).toHaveLength(1)
    expect(faults).toEqual(['hang'])
    expect(states.at(-1)).toBe('not listed')
  })
})

async function rollOut(...args: string[]) {
  const { stdout } = await run(process.execPath, ['roll-out.ts', ...args], { cwd: project })
  return JSON.parse(stdout)
}
