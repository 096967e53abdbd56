import { describe, expect, it } from 'vitest'
import { api, command, scripted, waiting } from './support.ts'

const running = { ...waiting, jobstateid: 4 }

describe('a server that writes numbers and flags as strings', () => {
  it('has progress as a number', async () => {
    const { client } = api([{ ...waiting, jobprogress: '40.5' }])
    expect((await command('list', client)).lines()).toEqual([{ ...waiting, jobprogress: 40.5 }])
  })

  it.each([
    { ...running, jobid: '1' },
    { ...running, jobstateid: '4' },
    { ...running, jobid: '0001', target_imageversionid: '77', jobstateid: '3' },
  ])('has a job in progress that is not queued again: %o', async (install) => {
    const { client, sent } = api([install])
    for (const line of ['queue 1', 'queue 1 --mirroring true', 'queue --version-id 77']) {
      const { exit, lines } = await command(line, client)
      expect([exit, lines()]).toEqual([0, [expect.objectContaining({ jobid: 1, change: 'skipped' })]])
    }
    expect(sent).toEqual([])
  })

  it('has the jobs of a version found, in `list` and in `queue`', async () => {
    const { client, sent } = api([{ ...waiting, jobid: '1', target_imageversionid: '77' }])
    expect((await command('list --version-id 77', client)).lines()).toEqual([waiting])
    await command('queue --version-id 77', client)
    expect(sent).toEqual(['1 true'])
  })

  it('has its jobs watched to their end', async () => {
    const { client } = scripted([
      [{ jobid: '1', jobstateid: '4', jobprogress: '40' }],
      [{ jobid: '1', jobstateid: '5' }],
    ])
    const { exit, lines } = await command('watch 1 --every 1ms', client)
    expect([exit, lines().map(({ change }) => change)]).toEqual([0, ['appeared', 'ended']])
  })

  it('has every other string left unchanged', async () => {
    const install = { ...waiting, jobstart: '1700000000', machine: '31', mirror: '' }
    expect((await command('list', api([install]).client)).lines()).toEqual([install])
  })
})

describe('a state with a name and no number', () => {
  it.each(['running', 'QUEUED', 'Running'])('is in progress as %s', async (jobstatename) => {
    const { client, sent } = api([{ jobid: 1, mirroring: true, jobstatename }])
    expect((await command('queue 1', client)).lines()).toEqual([expect.objectContaining({ change: 'skipped' })])
    expect(sent).toEqual([])
  })

  it.each([
    ['complete', 0],
    ['completed', 0],
    ['COMPLETE', 0],
    ['Failed', 1],
    ['squashed', 3],
  ])('is final as %s', async (jobstatename, expected) => {
    const { exit, lines } = await command('watch 1 --every 1ms', scripted([[{ jobid: 1, jobstatename }]]).client)
    expect([exit, lines().at(-1).change]).toEqual([expected, 'ended'])
  })
})

describe('an entry without a usable `jobid`', () => {
  it.each([
    null,
    'text',
    7,
    [],
    {},
    { jobid: null },
    { jobid: 0 },
    { jobid: '1x' },
    { jobid: '' },
    { jobid: 1.5 },
    { jobid: '9007199254740993' },
  ])('is skipped with a warning: %j', async (entry) => {
    const { client, sent } = api([entry, waiting])
    const warning = 'warning: no usable `jobid` in installs[0] in the response: skipped\n'
    expect(await command('list --version-id 77', client)).toMatchObject({ exit: 0, err: warning })
    expect(await command('queue 1', client)).toMatchObject({ exit: 0, err: warning })
    expect(sent).toEqual(['1 true'])
  })

  it('is a warning in JSON with --json', async () => {
    const { err, lines } = await command('list --json', api([{}, waiting, ...Array(9).fill({})]).client)
    expect(JSON.parse(err)).toEqual({
      warning: {
        message:
          'no usable `jobid` in installs[0], installs[2], installs[3], installs[4], installs[5] and 5 more entries in the response: skipped',
      },
    })
    expect(lines()).toEqual([waiting])
  })
})

it('treats `installs: null` as an empty list, and warns', async () => {
  const { client } = scripted([{ success: true, installs: null }])
  const { exit, out, err } = await command('list', client)
  expect([exit, out, err]).toEqual([0, '', 'warning: `installs` is null in the response: treated as an empty list\n'])
})

describe('a list that cannot be read', () => {
  it('is an error without the body, which may contain credentials or be too deep for JSON', async () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
    const body = new Response(`{"debug":"Basic YW55OmtleXM=","deep":${deep}}`)
    const { exit, err } = await command('list --json', scripted([body]).client)
    expect(exit).toBe(1)
    expect(JSON.parse(err).error).toMatchObject({ code: 'malformed_response', status: 200 })
    expect(err).toContain('the body has none of the fields of a result')
    expect(err).not.toContain('YW55OmtleXM')
  })

  it('is an error if `installs` is no list', async () => {
    const { exit, err } = await command('list', scripted([{ installs: 7 }]).client)
    expect([exit, err]).toEqual([1, 'the response has no list `installs`\n'])
  })
})
