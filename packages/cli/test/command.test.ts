import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { createMock } from '@image-install-queue/mock'
import { describe, expect, it } from 'vitest'
import { api, clientOver, command, lost, scripted, silent, waiting } from './support.ts'

const account = (accountserviceid?: number) => clientOver(createMock().fetch, accountserviceid)

describe('list', () => {
  it('prints one object per install in a pipe', async () => {
    const { exit, lines } = await command('list', account())
    expect(exit).toBe(0)
    expect(lines().map(({ jobid, mirroring }) => [jobid, mirroring])).toEqual([
      [1003, true],
      [1004, false],
    ])
  })

  it('prints a table of at most 80 columns on a terminal, with the error of a failed job', async () => {
    const { out } = await command('list', account(7100), { isTTY: true })
    const [title, ...rows] = stripVTControlCharacters(out).trimEnd().split('\n')
    expect(title).toEqual(
      expect.stringMatching(/^JOBID {2}STATE {6}DONE {3}MIRRORING {2}VERSION {2}AGE +UPDATED +WHERE$/),
    )
    expect(rows).toContainEqual(
      expect.stringMatching(/^1004 {3}Running {4}40 % {3}false {6}77 {7}\dy .* \dy .* machine 31$/),
    )
    expect(rows).toContain('  illustrative: too little disk space')
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(80)
  })

  it('filters by state and version', async () => {
    const { lines } = await command('list --state Failed --version-id 77', account(7100))
    expect(lines().map(({ jobid }) => jobid)).toEqual([1006])
    expect((await command('list --version-id 78', account(7100))).out).toBe('')
  })

  it('reports on a terminal that nothing is listed', async () => {
    expect((await command('list', account(7000), { isTTY: true })).out).toBe('No matching installs.\n')
  })

  it('shows an install with hardly any fields', async () => {
    const { out } = await command('list', scripted([[{ jobid: 1 }]]).client, { isTTY: true })
    expect(out).toBe('JOBID  STATE     DONE  MIRRORING  VERSION  AGE  UPDATED  WHERE\n1      no state        ?\n')
  })

  it.each([
    [7200, 1, 'image locked'],
    [7403, 1, '\nCheck the credentials, and that they have access to the account service.\n'],
    [-1, 2, 'CLANFORGE_ACCOUNT_SERVICE_ID must be a positive whole number.'],
    [-1, 2, '\nFor setup: image-install-queue --help\n'],
  ])('exits for account service %d with %d', async (accountserviceid, exit, message) => {
    const result = await command('list', account(accountserviceid))
    expect(result).toMatchObject({ exit, out: '' })
    expect(result.err).toContain(message)
  })
})

describe('queue', () => {
  it.each([
    [[true, 1, 'true', '1', 'TRUE'], 'true'],
    [[false, 0, 'false', '0'], 'false'],
  ])('takes `mirroring` from the list, however it is written: %j', async (spellings, mirroring) => {
    const { client, sent } = api(
      spellings.map((spelling, index) => ({ ...waiting, jobid: index + 1, mirroring: spelling })),
    )
    const jobids = spellings.map((_, index) => index + 1)
    const { exit, lines } = await command(`queue ${jobids.join(' ')}`, client)
    expect([exit, sent]).toEqual([0, jobids.map((jobid) => `${jobid} ${mirroring}`)])
    expect(lines().map(({ change }) => change)).toEqual([...jobids.map(() => 'found'), ...jobids.map(() => 'queued')])
  })

  it('shows on a terminal what it found and what it did', async () => {
    const { out } = await command('queue 1', api([waiting]).client, { isTTY: true })
    expect(out).toBe('job 1: Pending, mirroring true\njob 1: queued, now Queued\n')
  })

  it('queues a job that is named twice once', async () => {
    const { client, sent } = api([waiting])
    await command('queue 1 1', client)
    expect(sent).toEqual(['1 true'])
  })

  it.each([{ mirroring: undefined }, { mirroring: null }, { mirroring: 2 }, { mirroring: 'yes' }])(
    'requires --mirroring if the list has %o',
    async (mirroring) => {
      const { client, sent } = api([waiting, { ...waiting, jobid: 2, ...mirroring }])
      const { exit, err } = await command('queue 1 2', client)
      expect(exit).toBe(2)
      expect(err).toContain('job 2: the list does not show whether it is mirrored. Pass --mirroring true')
      expect(err).toMatch(/\nNothing was queued, including job 1\.\n$/)
      expect(sent).toEqual([])
      expect((await command('queue 2 --mirroring false', client)).exit).toBe(0)
      expect(sent).toEqual(['2 false'])
    },
  )

  it('rejects a job that is not listed, unless --mirroring is given', async () => {
    const { client, sent } = api([])
    const { exit, err } = await command('queue 1', client)
    expect(exit).toBe(1)
    expect(err).toContain('job 1: not listed')
    expect(sent).toEqual([])
    expect((await command('queue 1 --mirroring true', client)).exit).toBe(0)
    expect(sent).toEqual(['1 true'])
  })

  it.each([3, 4])('queues a job in state %d again only with --again', async (jobstateid) => {
    const { client, sent } = api([{ ...waiting, jobstateid }])
    for (const line of ['queue 1', 'queue 1 --mirroring true', 'queue --version-id 77', 'queue 1 --yes']) {
      const { exit, lines } = await command(line, client)
      expect([exit, lines()[0].change]).toEqual([0, 'skipped'])
    }
    expect(sent).toEqual([])
    await command('queue 1 --again', client)
    expect(sent).toEqual(['1 true'])
  })

  it('sends no list request with --mirroring and --again', async () => {
    const { client, requested } = scripted([])
    const { exit, out } = await command('queue 1 --mirroring true --again', client, { isTTY: true })
    expect([exit, out]).toEqual([0, expect.stringContaining('job 1: not looked up, mirroring true\n')])
    expect(requested).toEqual([expect.stringMatching(/1\/queue$/)])
  })

  it.each([
    [{ jobstateid: 8, jobstatename: 'Installing' }, 'Installing'],
    [{ jobstateid: undefined }, 'no state'],
    [{ jobstateid: 9, jobstatename: 'Pending' }, 'Pending'],
  ])('treats a job in an unrecognized state as in progress, and reports it: %o', async (state, shown) => {
    const { client, sent } = api([{ ...waiting, ...state }])
    const { out } = await command('queue 1', client, { isTTY: true })
    expect(out).toBe(`job 1: ${shown}, mirroring true: skipped (pass --again to queue it)\n`)
    const { exit, lines, err } = await command('queue --version-id 77', client)
    expect(err).toBe(
      `job 1 skipped: unrecognized state (${shown}), treated as in progress.\nPass --again to queue in this state.\n`,
    )
    expect([exit, lines()[0].change, sent]).toEqual([3, 'skipped', []])
    await command('queue 1 --again', client)
    expect(sent).toEqual(['1 true'])
  })

  it('treats a job that is listed twice as in progress if either entry is', async () => {
    const { client, sent } = api([waiting, { ...waiting, jobstateid: 4 }])
    for (const line of ['queue 1', 'queue --version-id 77'])
      expect((await command(line, client)).lines()).toEqual([expect.objectContaining({ jobid: 1, change: 'skipped' })])
    expect(sent).toEqual([])
  })

  it('skips a job without knowing whether it is mirrored', async () => {
    const { client } = api([{ jobid: 1, jobstateid: 4 }])
    expect((await command('queue 1', client, { isTTY: true })).out).toContain('job 1: Running, mirroring ?: skipped')
  })

  it.each([6, 5, 7])('queues a job in state %d that is named', async (jobstateid) => {
    const { client, sent } = api([{ ...waiting, jobstateid }])
    expect((await command('queue 1', client)).exit).toBe(0)
    expect(sent).toEqual(['1 true'])
  })

  it('shows with --dry-run what it would do, and sends nothing', async () => {
    const { client, sent } = api([waiting])
    const { exit, out } = await command('queue 1 --dry-run', client, { isTTY: true, env: { CLANFORGE_BASE_URL: '' } })
    expect([exit, out]).toEqual([0, 'job 1: Pending, mirroring true: would be queued\n'])
    expect(sent).toEqual([])
  })
})

describe('a host that is not this machine', () => {
  const live = { CLANFORGE_BASE_URL: 'https://api.example.com' }

  it.each([
    ['queue 1', 'api.example.com'],
    ['queue 1', 'localhost:4010'],
    ['queue 1', 'https://'],
    ['queue 1', 'ftp://example.com'],
    ['queue 1', 'https://user@example.com'],
    ['queue 1', 'https://:hidden@example.com'],
    ['queue 1', 'https://example.com?'],
    ['queue 1', 'https://example.com#'],
    ['queue 1 --dry-run --mirroring true --again', 'api.example.com'],
    ['queue 1 --yes --mirroring true --again', 'api.example.com'],
    ['list', 'api.example.com'],
    ['watch 1', 'api.example.com'],
  ])('is reported as invalid before any question, and is not repeated: %s to %s', async (line, address) => {
    const { client, requested } = scripted([[waiting]])
    const { exit, out, err } = await command(`${line} --json`, client, { env: { CLANFORGE_BASE_URL: address } })
    expect([exit, out, requested]).toEqual([2, '', []])
    expect(JSON.parse(err).error).toEqual({
      code: 'usage',
      message:
        'CLANFORGE_BASE_URL must be an http or https address without credentials, query and fragment. Set it, for example, to https://api.multiplay.co.uk',
    })
  })

  it.each([live, { CLANFORGE_BASE_URL: '' }])('requires --yes without a terminal: %o', async (env) => {
    const { client, requested } = scripted([[waiting]])
    const { exit, err } = await command('queue 1', client, { env })
    expect(exit).toBe(2)
    expect(err).toContain('--yes')
    expect(requested).toEqual([])
  })

  it.each(['stdin', 'stderr'] as const)('requires --yes if %s is not a terminal', async (noTerminal) => {
    const { client, requested } = scripted([[waiting]])
    const { exit, err } = await command('queue 1', client, { env: live, isTTY: true, noTerminal })
    expect([exit, err]).toEqual([2, expect.stringContaining('--yes')])
    expect(requested).toEqual([])
  })

  it('is not named in a question without an account service', async () => {
    const { client, sent } = api([])
    const env = { ...live, CLANFORGE_ACCOUNT_SERVICE_ID: '' }
    const { exit, err } = await command('queue 1 --mirroring true --again', client, { isTTY: true, env, reply: 'y' })
    expect([exit, err]).toEqual([2, expect.stringMatching(/^no account service ID\. /)])
    expect(sent).toEqual([])
  })

  it('does not prompt with --yes', async () => {
    const { client, sent } = api([waiting])
    expect(await command('queue 1 --yes', client, { env: live })).toMatchObject({ exit: 0, err: '' })
    expect(sent).toEqual(['1 true'])
  })

  it.each([
    ['y\n', 0, ['1 true']],
    [' YES \n', 0, ['1 true']],
    ['nay\n', 1, []],
    ['yesterday\n', 1, []],
    ['n\n', 1, []],
    ['\n', 1, []],
    ['', 1, []],
  ])('shows the effect and asks for confirmation on a terminal; the reply is %j', async (reply, exit, expected) => {
    const { client, sent } = api([waiting])
    const result = await command('queue 1', client, { env: live, isTTY: true, reply })
    expect(result.exit).toBe(exit)
    expect(result.err).toContain(
      'This queues one install on api.example.com, account service 5678:\n  job 1: Pending, mirroring true\nWhile',
    )
    expect(sent).toEqual(expected)
  })

  it('does not prompt if there is nothing to queue', async () => {
    const { client } = api([{ ...waiting, jobstateid: 4 }])
    expect(await command('queue 1', client, { env: live, isTTY: true })).toMatchObject({ exit: 0, err: '' })
  })
})

describe('watch', () => {
  it('exits with the highest code of several jobs', async () => {
    const { client } = scripted([[6, 7, 5].map((jobstateid) => ({ ...waiting, jobid: jobstateid, jobstateid }))])
    expect((await command('watch --every 1ms', client)).exit).toBe(3)
  })

  it('gives up after --timeout, and shows how to check', async () => {
    const { exit, err } = await command('watch 1 --every 1ms --timeout 40ms --json', scripted([[waiting]]).client)
    expect(exit).toBe(3)
    const [timeout, stopped] = err
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).error)
    expect(timeout).toMatchObject({ code: 'watch_timeout', jobids: [1] })
    expect(timeout.message).toContain('timed out before job 1 finished')
    expect(stopped.message).toContain('Check with `image-install-queue list`')
  })

  it('reports a timeout before the first list as such', async () => {
    const { exit, err } = await command('watch --timeout 40ms', silent())
    expect([exit, err]).toEqual([3, 'timed out before the installs were listed\n'])
  })

  it('prints a failed request as an event and continues', async () => {
    const { exit, lines } = await command(
      'watch 1 --every 1ms',
      scripted([[waiting], lost(), [{ ...waiting, jobstateid: 5 }]]).client,
    )
    expect(exit).toBe(0)
    expect(lines()[1]).toMatchObject({
      change: 'error',
      error: { code: 'connection_lost', message: expect.stringMatching(/^no complete response to GET http/) },
    })
  })

  it('reports when there is nothing to watch', async () => {
    expect(await command('watch', scripted([[]]).client)).toMatchObject({
      exit: 0,
      err: 'No install is listed: there is nothing to watch.\n',
    })
  })
})

describe('Ctrl-C', () => {
  it.each([
    ['watching', 'watch 1', 'Stopped watching. The installs keep running.'],
    ['queueing', 'queue 1 --mirroring true --again', 'Check with `image-install-queue list`'],
  ])('while %s reports what is known', async (_, line, message) => {
    const interrupt = new AbortController()
    const client = silent(() => interrupt.abort())
    const { exit, err } = await command(`${line} --json`, client, { signal: interrupt.signal })
    const { error } = JSON.parse(err)
    expect([exit, error]).toEqual([130, expect.objectContaining({ code: 'aborted' })])
    expect(error.message).toContain(message)
  })

  it('before the first request queues nothing', async () => {
    const { client, requested } = scripted([[waiting]])
    expect((await command('queue 1', client, { signal: AbortSignal.abort() })).exit).toBe(130)
    expect(requested).toEqual([])
  })
})

describe('the command line', () => {
  it.each([
    '',
    'qeue',
    'list --state Nowhere',
    'queue 1x',
    'queue 1 --mirroring 1',
    'watch 0',
    'watch --every 5',
    'watch --timeout 577h',
  ])('is rejected before anything is sent: %j', async (line) => {
    const { client, requested } = scripted([[waiting]])
    const { exit, err, out } = await command(line, client)
    expect([exit, out]).toEqual([2, ''])
    expect(err).not.toBe('')
    expect(requested).toEqual([])
  })

  it.each([
    ['queue --json', 'usage'],
    ['queue --output json', 'usage'],
    ['queue --output=json', 'usage'],
    ['queue 9 --output json', 'not_listed'],
    ['list --json', 'api', 7401],
    ['watch --json', 'not_listed', 7000],
    ['queue 9 --json', 'not_listed'],
    ['queue --version-id 9 --json', 'not_listed'],
    ['queue 2001 --mirroring true --json', 'api'],
  ])('prints errors in JSON on request: %s', async (line, code, accountserviceid?: number) => {
    const { err } = await command(line, account(accountserviceid))
    expect(JSON.parse(err)).toMatchObject({ error: { code, message: expect.any(String) } })
  })

  it.each([
    ['queue', 'error: pass job IDs, as `list` shows them, or --version-id\n'],
    ['queue 1 --version-id 2', 'error: pass job IDs or --version-id, not both\n'],
    ['watch 1 --version-id 2', 'error: pass job IDs or --version-id, not both\n'],
    ['queue 1 --timeout 5h', 'error: --timeout requires --wait\n'],
    ['queue 1 --gone-is done --dry-run', 'error: --gone-is requires --wait\n'],
    ['queue 1 --jsn', "error: unknown option '--jsn'\n(Did you mean --json?)\n"],
  ])('is rejected with the next step: %s', async (line, message) => {
    expect((await command(line, account())).err).toBe(message)
  })

  it('is rejected in JSON with a message of one line, without the prefix for people', async () => {
    const { err } = await command('list --jsn --output json', account())
    expect(JSON.parse(err).error.message).toBe("unknown option '--jsn' (Did you mean --json?)")
  })

  it('names the variable to check after a redirect', async () => {
    const redirect = new Response(null, { status: 302, headers: { location: 'https://login.example.com/' } })
    const { err } = await command('list', scripted([redirect]).client)
    expect(err).toContain('a redirect to https://login.example.com/, which is not followed. Check CLANFORGE_BASE_URL.')
  })

  it('leaves an unexpected error as it is', async () => {
    const failing = () => {
      throw new Error('a bug')
    }
    await expect(command('list', failing)).rejects.toThrow('a bug')
  })

  it('shows its version', async () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'))
    expect(await command('--version', account())).toMatchObject({ exit: 0, out: `${version}\n`, err: '' })
  })

  it('accepts no credential as an option', async () => {
    expect((await command('list --access-key x', account())).exit).toBe(2)
  })
})
