import type { Install } from '@image-install-queue/client'
import { describe, expect, it } from 'vitest'
import { api, command, scripted, waiting } from './support.ts'

describe('queue --version-id', () => {
  const ended = (jobstateid: number) => ({ ...waiting, jobid: jobstateid, jobstateid })
  const [completed, failed, squashed] = [ended(5), ended(6), ended(7)]

  it('queues the jobs of the version that have not ended, and names the others', async () => {
    const { client, sent } = api([waiting, completed, { ...waiting, jobid: 2, target_imageversionid: 78 }])
    const { exit, lines } = await command('queue --version-id 77 --again', client)
    expect(lines().map(({ jobid, change }) => `${jobid} ${change}`)).toEqual(['1 found', '5 left-out', '1 queued'])
    expect([exit, sent]).toEqual([0, ['1 true']])
  })

  it.each(['', ' --wait --every 1ms', ' --dry-run'])(
    'ends with 1 and names it if a job of the version has failed: queue%s',
    async (more) => {
      const { client } = scripted([[{ ...waiting, jobstateid: 4 }, failed], [{ ...waiting, jobstateid: 5 }]])
      const { exit, lines, err } = await command(`queue --version-id 77${more}`, client)
      expect(exit).toBe(1)
      expect(err).toContain('job 6 failed')
      expect(lines().slice(0, 2)).toEqual([
        expect.objectContaining({ jobid: 1, change: 'skipped' }),
        { jobid: 6, change: 'left-out', mirroring: true, install: failed },
      ])
    },
  )

  it.each([
    [squashed, 'job 7 ended as Squashed'],
    [{ ...completed, joberror: 'checksum' }, 'job 5 completed, but with an error: checksum'],
  ])('ends with 3 if the outcome of a job of the version is unknown: %o', async (install, message) => {
    const { exit, err } = await command('queue --version-id 77', api([waiting, install]).client)
    expect([exit, err]).toEqual([3, expect.stringContaining(message)])
  })

  it('queues nothing if an entry of the list has no usable `jobid`', async () => {
    const { client, sent } = api([waiting, { target_imageversionid: 77 }])
    const { exit, err } = await command('queue --version-id 77', client)
    expect([exit, sent]).toEqual([1, []])
    expect(err).toContain('no usable `jobid` in installs[1] in the response. It may belong to the version')
  })

  it('shows why a job failed', async () => {
    const { client } = api([waiting, { ...failed, joberror: 'disk\u001b[2J full' }])
    const { out } = await command('queue --version-id 77', client, { isTTY: true })
    expect(out).toContain('job 6: Failed (disk full), mirroring true: left out, because it has ended\n')
  })

  it.each<[number, Install[]]>([
    [1, []],
    [1, [completed]],
    [1, [failed]],
    [3, [failed, squashed]],
  ])('ends with %d for a version with nothing to queue: %j', async (expected, installs) => {
    const { client, sent } = api(installs)
    const { exit, err } = await command('queue --version-id 77 --wait', client)
    expect(exit).toBe(expected)
    expect(err).toContain('no listed install of version 77 could be queued')
    expect(sent).toEqual([])
  })
})
