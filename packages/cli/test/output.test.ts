import { setImmediate as nextTurn } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it, vi } from 'vitest'
import { api, command, lost, scripted, waiting } from './support.ts'

const completed = { ...waiting, jobstateid: 5, jobstatename: 'Completed' }
const running = { ...waiting, jobstateid: 4, jobstatename: 'Running', jobprogress: 40 }

describe('the format', () => {
  it.each(['--output json', '--json', '--output=json'])('is JSON on a terminal with %s', async (option) => {
    const { lines } = await command(`list ${option}`, api([waiting]).client, { isTTY: true })
    expect(lines()).toEqual([waiting])
  })

  it('is a table without a terminal with --output table', async () => {
    const { out } = await command('list --output table', api([waiting]).client)
    expect(out).toMatch(/^JOBID .*\n1 {6}Pending .*\n$/)
  })

  it('cannot be both JSON and a table', async () => {
    expect((await command('list --json --output table', api([]).client)).exit).toBe(2)
  })
})

describe('--quiet', () => {
  it('leaves out progress, notices and warnings of a watch', async () => {
    const lists = [[running, {}], [{ ...running, jobprogress: 50 }], []]
    for (const output of ['table', 'json']) {
      const { out, err } = await command(`watch 1 --every 1ms --quiet --output ${output}`, scripted(lists).client)
      expect(out.trimEnd().split('\n')).toHaveLength(1)
      expect(out).toContain('gone')
      expect(err).toBe('')
    }
    const terminal = { isTTY: true, columns: 80, rows: 24 }
    const { out } = await command('watch 1 --every 1ms --quiet', scripted(lists).client, terminal)
    expect(out).toBe('job 1: gone, last seen Running\n')
    const { lines, err } = await command('watch 1 --every 1ms', scripted(lists).client)
    expect(lines().map(({ change }) => change)).toEqual(['appeared', 'progressed', 'gone'])
    expect(err).toMatch(/^warning: no usable .*\njob 1 left the list/)
  })

  it('leaves out what `queue` found, and prints what it queued and what failed', async () => {
    const { client } = api([waiting, { ...waiting, jobid: 2 }], { 2: new Response('', { status: 409 }) })
    const { out, err } = await command('queue 1 2 --quiet --output table', client)
    expect(out).toBe('job 1: queued, now Queued\n')
    expect(err).toMatch(/^job 2: /)
  })
})

describe('a string of the server', () => {
  const nasty = 'a\u009b31mb\u0085c\u202egnp.exe\u2066d\u001b]0;title\u0007\r\ne'

  it('cannot control a terminal in a table', async () => {
    const { out } = await command('list', api([{ ...waiting, joberror: nasty }]).client, { isTTY: true })
    expect(out).toContain('\n  ab\\u0085c\\u202egnp.exe\\u2066d e\n')
    expect(out.replaceAll('\n', '')).not.toMatch(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u)
  })

  it('cannot control a terminal in JSON, and keeps its value', async () => {
    const { out, lines } = await command('list --json', api([{ ...waiting, joberror: nasty }]).client)
    expect(out.replaceAll('\n', '')).not.toMatch(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u)
    expect(lines()).toEqual([{ ...waiting, joberror: nasty }])
  })
})

describe('a table', () => {
  const far = { ...waiting, mirror: 'a mirror with a name that is much too long for this line', location: '東京' }

  it.each([40, 80, 120])('is cut to a terminal of %d columns', async (columns) => {
    const { out } = await command('list', api([far]).client, { isTTY: true, columns })
    const lengths = out
      .trimEnd()
      .split('\n')
      .map((line) => line.length)
    expect(Math.max(...lengths)).toBeLessThanOrEqual(columns)
    expect(out.includes('…')).toBe(columns < 120)
  })

  it('is not cut without a terminal', async () => {
    const { out } = await command('list --output table', api([far]).client, { columns: 0 })
    expect(out).toContain('for this line, 東京')
  })

  it('counts the columns of wide characters', async () => {
    const { out } = await command('list', api([{ ...waiting, mirror: '東'.repeat(40) }]).client, { isTTY: true })
    const [, row = ''] = out.split('\n')
    expect([...row].reduce((sum, character) => sum + (character === '東' ? 2 : 1), 0)).toBeLessThanOrEqual(80)
  })

  it('shows age and last update, unless they are not set or later than now', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_700_100_000_000 })
    const times = { jobcreated: 1_700_000_000, jobupdated: '1700099955' }
    const unset = { jobcreated: 0, jobupdated: '0' }
    const later = { jobcreated: 1_700_100_001, jobupdated: 1_700_100_000 }
    const installs = [times, unset, later].map((more) => ({ ...waiting, ...more }))
    const { out } = await command('list', api(installs).client, { isTTY: true })
    vi.useRealTimers()
    expect(out).toMatch(/AGE {2}UPDATED {2}WHERE\n.* 77 {7}1d {3}45s\n.* 77\n.* 77 {12}0s\n$/)
  })

  it('prints 130,000 rows', async () => {
    const installs = Array.from({ length: 130_000 }, (_, index) => ({ jobid: index + 1, jobstateid: 4 }))
    const { exit, out } = await command('list', scripted([installs]).client, { isTTY: true })
    expect([exit, out.split('\n').length]).toEqual([0, 130_002])
  })
})

describe('colors', () => {
  const installs = [4, 5, 6, 7].map((jobstateid) => ({ ...waiting, jobid: jobstateid, jobstateid }))

  it('mark states on a terminal that shows them', async () => {
    const { out } = await command('list', api(installs).client, { isTTY: true, hasColors: true })
    expect(out).toContain('\u001b[36mRunning\u001b[39m')
    expect(out).toContain('\u001b[32mCompleted\u001b[39m')
    expect(out).toContain('\u001b[31mFailed\u001b[39m')
    expect(out).toContain('\u001b[33mSquashed\u001b[39m')
  })

  it('are absent from other output', async () => {
    expect((await command('list', api(installs).client, { isTTY: true })).out).not.toContain('\u001b')
  })
})

describe('a watch on a terminal', () => {
  const screen = async (lists: Parameters<typeof scripted>[0], size: { rows?: number; columns?: number } = {}) =>
    (await command('watch --every 1ms', scripted(lists).client, { isTTY: true, ...size })).out

  it('draws once per response', async () => {
    const jobs = Array.from({ length: 300 }, (_, index) => ({ ...running, jobid: index + 1 }))
    const out = await screen([jobs, jobs.map((job) => ({ ...job, jobprogress: 50 })), []])
    const drawn = [...out.matchAll(/and (\d+) more/g)].length
    expect(drawn).toBeLessThanOrEqual(2)
  })

  it('fits the height of the terminal, running jobs first, and counts the rest', async () => {
    const states = [2, 3, 4, 4, 2]
    const jobs = states.map((jobstateid, index) => ({ ...waiting, jobid: index + 1, jobstateid }))
    const [first = ''] = stripVTControlCharacters(await screen([jobs, []], { rows: 5 })).split('elapsed')
    expect(first).toMatch(
      /^3 {2}Running .*\n4 {2}Running .*\n2 {2}Queued .*\nand 2 more: 0 running, 0 queued, 2 waiting; 0s /,
    )
  })

  it('prints finished jobs above, where they stay', async () => {
    const two = { ...running, jobid: 2 }
    const lists = [[running, two], [completed, two], [{ ...two, jobstateid: 6, joberror: 'no space' }]]
    const out = stripVTControlCharacters(await screen(lists))
    expect(out).toMatch(/1 {2}Completed\n2 {2}Running [^\n]*\n0s elapsed, 1 finished/)
    expect(out).toContain('2  Failed (no space)\n')
  })

  it('shows jobs that are not seen yet, not found or gone, and warnings', async () => {
    const { out } = await command(
      'watch 1 2 --every 1ms',
      scripted([[running, {}], [running], [running], [running], []]).client,
      {
        isTTY: true,
      },
    )
    expect(stripVTControlCharacters(out)).toContain('warning: no usable `jobid` in installs[1]')
    expect(out).toContain('2  not seen yet\n')
    expect(out).toContain('2  not found\n')
    expect(out).toContain('1  gone, last seen Running\n')
  })

  it('shows elapsed time and time left', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_600_000 })
    const out = await screen([[{ ...running, jobcreated: 1_700_000_000, jobeta: 1_700_001_545 }], []])
    vi.useRealTimers()
    expect(stripVTControlCharacters(out)).toContain('40 %  10m elapsed, 15m 45s left\n')
  })

  it('shows the whole message of a failed request, and fewer jobs below it', async () => {
    const jobs = [1, 2, 3, 4].map((jobid) => ({ ...running, jobid }))
    const lists = [jobs, new Response('', { status: 502 }), []]
    const out = stripVTControlCharacters(await screen(lists, { rows: 7, columns: 50 }))
    expect(out).toContain(`and 2 more: 2 running, 0 queued, 0 waiting; 0s el…
Retrying: GET http://127.0.0.1:9/cfp/v1/imageinsta
ll/status returned status 502. This call is read-o
nly, so retrying is safe.`)
  })

  it('cuts the message of a failed request to the height of the terminal, and keeps the status', async () => {
    const lists = [[running], new Response('', { status: 502 }), []]
    const out = stripVTControlCharacters(await screen(lists, { rows: 4, columns: 30 }))
    expect(out).toContain(`and 1 more: 1 running, 0 queu…
Retrying: GET http://127.0.0.1
:9/cfp/v1/imageinstall/status…`)
  })

  it('shows the whole message about a job that finished', async () => {
    const joberror = 'too little disk space on the machine'
    const out = await screen([[{ ...waiting, jobstateid: 6, joberror }]], { columns: 30 })
    expect(stripVTControlCharacters(out)).toContain(`1  Failed (${joberror})\n`)
  })

  it('leaves out the bar where it would hide the progress', async () => {
    const [first = ''] = stripVTControlCharacters(await screen([[running], []], { columns: 38 })).split('\n')
    expect(first).toBe('1  Running    40 %')
    const [wide = ''] = stripVTControlCharacters(await screen([[running], []], { columns: 39 })).split('\n')
    expect(wide).toBe(`1  Running   ${'█'.repeat(8)}${'░'.repeat(12)}  40 %`)
  })

  it.each([
    ['has no rows', {}, { rows: 0 }],
    ['has no columns', {}, { columns: 0 }],
    ['is dumb', { TERM: 'dumb' }, {}],
    ['belongs to a CI service', { CI: 'true' }, {}],
  ])('is plain lines if it %s', async (_, env, size) => {
    const { out } = await command('watch 1 --every 1ms', scripted([[running], lost(), [completed]]).client, {
      ...{ isTTY: true, env },
      ...size,
    })
    expect(out).toMatch(/^job 1: Running, 40 %\nRetrying: .*\njob 1: Completed\n$/)
  })

  it.each([
    [
      'jobs that are gone or not found',
      [[running], []],
      'job 1: Running, 40 %\njob 2: not found\njob 1: gone, last seen Running\n',
    ],
    [
      'a job that has ended when it is first listed',
      [[{ ...completed, jobid: 2 }, completed]],
      'job 1: Completed\njob 2: Completed\n',
    ],
  ])('is one plain line for each change of %s', async (_, lists, expected) => {
    const { out } = await command('watch 1 2 --every 1ms --output table', scripted(lists).client)
    expect(out).toBe(expected)
  })

  it('leaves the cursor visible', async () => {
    expect(await screen([[running], []])).not.toContain('\u001b[?25l')
  })
})

describe('the heartbeat', () => {
  const beats = async (options: string) => {
    const controller = new AbortController()
    const { client, requested } = scripted([[running, { ...waiting, jobid: 2 }]])
    const result = command(`watch --every 1ms ${options}`.trim(), client, { signal: controller.signal })
    // With the second request, the first response has been shown.
    while (requested.length < 2) await nextTurn()
    await vi.advanceTimersByTimeAsync(125_000)
    controller.abort()
    return (await result).err
  }

  it.each([
    ['', 2],
    ['--output table', 2],
    ['--heartbeat 30s', 4],
    ['--heartbeat 0', 0],
    ['--quiet', 0],
  ])('is reported on stderr without a terminal: watch %s', async (options, count) => {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] })
    const err = await beats(options)
    vi.useRealTimers()
    expect(err.match(/still watching after/g)?.length ?? 0).toBe(count)
    if (count === 2) expect(err).toContain('still watching after 1m: 1 running, 0 queued, 1 waiting, 0 finished\n')
  })

  it('is JSON with --json', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] })
    const [line = ''] = (await beats('--json')).split('\n')
    vi.useRealTimers()
    expect(JSON.parse(line).notice).toMatchObject({ code: 'heartbeat', elapsedMs: 60_000, running: 1, waiting: 1 })
  })
})

describe('a message about many jobs', () => {
  const many = Array.from({ length: 12 }, (_, index) => ({ ...waiting, jobid: index + 1 }))

  it('names ten of them', async () => {
    const failed = many.map((job) => ({ ...job, jobstateid: 6, joberror: 'no space' }))
    const { err } = await command('watch', scripted([failed]).client)
    expect(err).toBe('jobs 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more failed: no space\n')
  })

  it('asks for confirmation with host, account and ten of them', async () => {
    const { err } = await command('queue --version-id 77 --account-service-id 9', api(many).client, {
      ...{ isTTY: true, env: { CLANFORGE_BASE_URL: 'https://api.example.com' } },
    })
    expect(err).toContain('This queues 12 installs on api.example.com, account service 9:\n  job 1: Pending')
    expect(err).toContain('\n  job 10: Pending, mirroring true\n  and 2 more\nWhile an install runs')
  })
})
