import { describe, expect, it } from 'vitest'
import { api, command, scripted, waiting } from './support.ts'

describe('queue --version-id', () => {
  const ended = (jobstateid: number) => ({ ...waiting, jobid: jobstateid, jobstateid })
  const [completed, failed, squashed] = [ended(5), ended(6), ended(7)]

  it('takes the jobs of the version that have not ended, and names the others', async () => {
    const { client, sent } = api([waiting, completed, squashed, { ...waiting, jobid: 2, target_imageversionid: 78 }])
    const { exit, lines } = await command('queue --version-id 77 --again', client)
    expect(lines().map(({ jobid, change }) => `${jobid} ${change}`)).toEqual([
      '1 found',
      '5 left-out',
      '7 left-out',
      '1 queued',
    ])
    expect([exit, sent]).toEqual([0, ['1 true']])
  })

  it.each(['', ' --wait --every 1ms', ' --dry-run'])(
    'ends with 1 where a job of the version has failed: queue%s',
    async (more) => {
      const { client } = scripted([[{ ...waiting, jobstateid: 4 }, failed], [{ ...waiting, jobstateid: 5 }]])
      const { exit, lines } = await command(`queue --version-id 77${more}`, client)
      expect(exit).toBe(1)
      expect(lines().slice(0, 2)).toEqual([
        expect.objectContaining({ jobid: 1, change: 'skipped' }),
        { jobid: 6, change: 'left-out', mirroring: true, install: failed },
      ])
    },
  )

  it('says of a failed job why it failed', async () => {
    const { client } = api([waiting, { ...failed, joberror: 'disk\u001b[2J full' }])
    const { out } = await command('queue --version-id 77', client, { isTTY: true })
    expect(out).toContain('job 6: Failed (disk full), mirroring true: left out, since it has ended\n')
  })

  it.each([[], [completed], [failed, squashed]])(
    'refuses a version of which nothing can be queued',
    async (...installs) => {
      const { client, sent } = api(installs)
      const { exit, err } = await command('queue --version-id 77 --wait', client)
      expect(exit).toBe(1)
      expect(err).toContain('no listed install of version 77 could be queued')
      expect(sent).toEqual([])
    },
  )
})
