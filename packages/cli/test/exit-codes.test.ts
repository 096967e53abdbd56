import { describe, expect, it } from 'vitest'
import { clientOver, command, hang, lost, scripted, waiting } from './support.ts'

const pending = waiting
const running = { ...waiting, jobstateid: 4 }
const completed = { ...waiting, jobstateid: 5 }
const failed = { ...waiting, jobstateid: 6, joberror: 'no space' }
const squashed = { ...waiting, jobstateid: 7 }
const unrecognized = { ...waiting, jobstateid: 9, jobstatename: 'Installing' }
/** The response to queueing: a mirror job in a state. */
const response = (jobstateid: number, more: object = {}) => ({ versionmirrorid: 1, jobstateid, ...more })
const rejected = (status: number) => new Response('', { status })
const inBandError = { success: false, error: true, error_message: 'locked' }

const server = (lists: readonly object[], queued: object = response(3)) => scripted(lists, { 1: queued }).client

const gone = 'job 1 left the list, last seen'
const earlier = 'can be the state of an earlier run'

describe('watch', () => {
  it.each<[string, readonly object[], number, string]>([
    ['Completed', [[running], [completed]], 0, ''],
    [
      'Completed with a joberror',
      [[{ ...completed, joberror: 'checksum' }]],
      3,
      'completed, but with an error: checksum',
    ],
    ['Completed with jobfailed', [[{ ...completed, jobfailed: 1 }]], 3, 'completed, but with an error (jobfailed 1)'],
    ['Completed with jobfailed 0', [[{ ...completed, jobfailed: 0, joberror: null }]], 0, ''],
    ['Completed with jobfailed null', [[{ ...completed, jobfailed: null }]], 0, ''],
    ['Completed with jobfailed "False"', [[{ ...completed, jobfailed: 'False' }]], 0, ''],
    ['Failed', [[running], [failed]], 1, 'job 1 failed: no space'],
    ['Squashed', [[running], [squashed]], 3, 'job 1 ended as Squashed'],
    ['missing from three lists after Running', [[running], []], 0, `${gone} Running: presumed completed`],
    ['missing from three lists after Pending', [[pending], []], 3, `${gone} Pending`],
    ['missing from three lists after Queued', [[{ ...waiting, jobstateid: 3 }], []], 3, `${gone} Queued`],
    ['missing from three lists after an unrecognized state', [[unrecognized], []], 3, `${gone} Installing`],
    ['missing from two lists, then Failed', [[running], [], [], [failed]], 1, 'job 1 failed'],
    ['never listed', [[]], 3, 'job 1 did not appear in the first three list responses'],
    ['listed for the first time in the third list', [[], [], [completed]], 0, ''],
    ['Completed after errors of the server', [[running], rejected(502), lost(), rejected(429), [completed]], 0, ''],
    ['Completed after four rejected list requests', [[running], ...Array(4).fill(rejected(401)), [completed]], 0, ''],
  ])('a job that is %s', async (_, lists, exit, message) => {
    const result = await command('watch 1 --every 1ms', server(lists))
    expect(result.err).toContain(message)
    expect(result.exit).toBe(exit)
    if (message === '') expect(result.err).toBe('')
  })

  it.each<[string, object]>([
    ['401', rejected(401)],
    ['404', rejected(404)],
    ['500', rejected(500)],
    ['429', rejected(429)],
    ['an in-band error', inBandError],
    ['a page', new Response('<html>')],
    ['a body without a list', { jobid: 1 }],
    ['a lost connection', lost()],
  ])('fails like `list` after %s before any list', async (_, reply) => {
    for (const line of ['watch --every 1ms', 'watch 1 --every 1ms', 'list']) {
      const { exit, err } = await command(line, server([reply, [running], []]))
      expect(exit).toBe(1)
      expect(err).not.toContain('keep running')
    }
  })

  it.each<[string, object]>([
    ['403', rejected(403)],
    ['an in-band error', inBandError],
  ])('exits with 3 after five list responses in a row with %s, and names what was queued', async (_, reply) => {
    const { exit, err } = await command('watch 1 --every 1ms', server([[running], reply]))
    expect([exit, err]).toEqual([3, expect.stringContaining('Stopped watching. The installs keep running.')])
    const waited = await command(
      'queue 1 2 --wait --every 1ms --json',
      server([[pending, { ...running, jobid: 2 }], reply]),
    )
    expect(waited.exit).toBe(3)
    const { error } = JSON.parse(waited.err.trim().split('\n').at(-1) ?? '')
    expect(error).toMatchObject({ code: 'watch_stopped', queued: [1] })
    expect(error.message).toContain('Stopped watching. Queued before: job 1. The installs keep running.')
  })

  it.each([
    ['done', [[pending], []], 0],
    ['done', [[running], []], 0],
    ['unknown', [[running], []], 3],
    ['unknown', [[pending], []], 3],
    ['done', [[running], [failed]], 1],
    ['done', [[running], [squashed]], 3],
    ['done', [[]], 3],
  ] as const)('--gone-is %s after the lists %j ends with %d', async (goneIs, lists, exit) => {
    expect((await command(`watch 1 --every 1ms --gone-is ${goneIs}`, server(lists))).exit).toBe(exit)
  })
})

describe('a message about jobs in JSON', () => {
  it.each<[string, string, readonly object[], number, string]>([
    ['error', 'not_found', [[]], 3, 'did not appear'],
    ['notice', 'gone', [[running], []], 0, 'presumed completed'],
    ['error', 'gone', [[pending], []], 3, 'rollout status of the image'],
    ['error', 'failed', [[failed]], 1, 'failed: no space'],
    ['error', 'squashed', [[squashed]], 3, 'ended as Squashed, probably replaced by a later one for the same target"'],
    ['error', 'completed_with_error', [[{ ...completed, jobfailed: 1 }]], 3, 'jobfailed 1'],
  ])('is reported as %s with the code %s', async (kind, code, lists, exit, message) => {
    const result = await command('watch 1 --every 1ms --json', server(lists))
    expect(JSON.parse(result.err)).toEqual({ [kind]: { code, jobids: [1], message: expect.any(String) } })
    expect([result.exit, result.err]).toEqual([exit, expect.stringContaining(message)])
  })

  it.each([
    ['state_repeated', 'queue 1 --json', failed],
    ['state_unknown', 'queue 1 --dry-run --json', unrecognized],
  ])('is reported as error with the code %s', async (code, line, listed) => {
    const { err } = await command(line, server([[listed]], response(6)))
    expect(JSON.parse(err).error).toMatchObject({ code, jobids: [1] })
  })
})

describe('queue', () => {
  it.each<[string, readonly object[], object, number, string]>([
    ['Queued', [[pending]], response(3), 0, ''],
    ['Running', [[pending]], response(4), 0, ''],
    ['without a state', [[pending]], { versionmirrorid: 1 }, 0, ''],
    ['Completed', [[pending]], response(5), 0, ''],
    ['Completed, as it was listed', [[completed]], response(5), 0, ''],
    ['Failed', [[pending]], response(6, { joberror: 'no space' }), 1, 'job 1 failed: no space'],
    ['Failed, written as strings', [[pending]], response(6, { jobstateid: '6', jobfailed: '1' }), 1, 'job 1 failed'],
    ['Failed, as it was listed', [[failed]], response(6, { joberror: 'no space' }), 3, earlier],
    ['Squashed', [[pending]], response(7), 3, 'job 1 ended as Squashed'],
    ['Completed with jobfailed', [[pending]], response(5, { jobfailed: 1 }), 3, 'with an error (jobfailed 1)'],
    ['Completed with a joberror', [[pending]], response(5, { joberror: 'checksum' }), 3, 'with an error: checksum'],
  ])('a job that the response shows as %s', async (_, lists, queued, exit, message) => {
    const result = await command('queue 1', server(lists, queued))
    expect(result.err).toContain(message)
    expect(result.exit).toBe(exit)
    if (message === '') expect(result.err).toBe('')
  })

  it.each<[string, object, number]>([
    ['an in-band error', inBandError, 1],
    ['400', rejected(400), 1],
    ['401', rejected(401), 1],
    ['403', rejected(403), 1],
    ['404', rejected(404), 1],
    ['429', rejected(429), 1],
    ['500', rejected(500), 3],
    ['502', rejected(502), 3],
    ['a page', new Response('<html>'), 3],
    ['an object that is no job', { message: 'maintenance' }, 3],
    ['a lost connection', lost(), 3],
  ])('a job whose response is %s', async (_, reply, exit) => {
    const { exit: found, err } = await command('queue 1', server([[pending]], reply))
    expect(found).toBe(exit)
    if (exit === 3) expect(err).toContain('Check with `image-install-queue list`')
  })

  it('a job that was not looked up and that the response shows as Failed', async () => {
    const line = 'queue 1 --mirroring true --again'
    const { exit, err } = await command(line, server([], response(6, { joberror: 'no space' })))
    expect([exit, err]).toEqual([3, expect.stringContaining(earlier)])
  })

  it.each(['', ' --dry-run'])('skips a job in an unrecognized state: queue 1%s', async (more) => {
    const { exit, err } = await command(`queue 1${more}`, server([[unrecognized]]))
    expect([exit, err]).toEqual([3, expect.stringContaining('unrecognized state (Installing)')])
  })
})

describe('queue --wait', () => {
  it.each<[string, readonly object[], object, number, string]>([
    ['runs, then completes', [[pending], [running], [completed]], response(3), 0, ''],
    ['runs, then fails', [[pending], [running], [failed]], response(3), 1, 'job 1 failed: no space'],
    ['runs, then is missing', [[pending], [running], []], response(3), 0, 'presumed completed'],
    ['is shown as Running by the response, then is missing', [[pending], []], response(4), 0, 'presumed completed'],
    ['is shown as Queued by the response, then is missing', [[pending], []], response(3), 3, `${gone} Queued`],
    ['is shown as Completed by the response, then is missing', [[pending], []], response(5), 0, ''],
    ['is shown as Failed by the response, then is missing', [[pending], []], response(6), 1, 'job 1 failed'],
    ['is shown as Failed by the response, then completes', [[pending], [completed]], response(6), 0, ''],
    ['is shown as Squashed by the response, then completes', [[pending], [completed]], response(7), 0, ''],
    [
      'is shown as Squashed by the response, then is missing',
      [[pending], []],
      response(7),
      3,
      'job 1 ended as Squashed',
    ],
    ['failed before, is shown as Failed, then is missing', [[failed], []], response(6), 3, 'did not appear'],
    ['failed before and stays listed so', [[failed]], response(3), 3, 'the list shows Failed: no space'],
    ['was completed before and stays listed so', [[completed]], response(3), 3, 'the list shows Completed'],
    ['failed before and fails again', [[failed], [running], [failed]], response(3), 1, 'job 1 failed: no space'],
    [
      'failed before, is listed so twice, then completes',
      [[failed], [failed], [failed], [completed]],
      response(3),
      0,
      '',
    ],
    [
      'is missing right after queueing, then fails',
      [[pending], [], [running], [failed]],
      response(3),
      1,
      'job 1 failed',
    ],
    ['is in progress already and completes', [[running], [running], [completed]], response(3), 0, ''],
    ['is in an unrecognized state and completes', [[unrecognized], [completed]], response(3), 0, 'unrecognized state'],
  ])('a job that %s', async (_, lists, queued, exit, message) => {
    const result = await command('queue 1 --wait --every 1ms', server(lists, queued))
    expect(result.err).toContain(message)
    expect(result.exit).toBe(exit)
    if (message === '') expect(result.err).toBe('')
  })

  it.each<[string, object]>([
    ['a lost connection', lost()],
    ['500', rejected(500)],
    ['a page', new Response('<html>')],
  ])('continues after %s, also before the first list', async (_, reply) => {
    const { exit } = await command('queue 1 --wait --every 1ms', server([[pending], reply, reply, [completed]]))
    expect(exit).toBe(0)
  })

  it('exits with 3 if no list arrives in time, and names what was queued', async () => {
    const client = clientOver(async (input, init) =>
      `${input}`.includes('/queue?') ? Response.json(response(3)) : hang(init?.signal),
    )
    const { exit, err } = await command('queue 1 --mirroring true --again --wait --timeout 40ms', client)
    expect([exit, err]).toEqual([3, expect.stringContaining('Queued before: job 1. The installs keep running.')])
  })

  it('exits with 3 without the right to list, after queueing without a lookup', async () => {
    const line = 'queue 1 --mirroring true --again --wait --every 1ms'
    const { exit, err } = await command(line, server([rejected(403)]))
    expect([exit, err]).toEqual([3, expect.stringContaining('Queued before: job 1. The installs keep running.')])
  })
})

describe('output that cannot be written', () => {
  it.each([
    ['before anything is queued', 1, 1, 'the output could', {}],
    ['after a job was queued', 2, 3, 'job 1: the output could', { jobid: 1 }],
  ])('%s', async (_, failingWrite, exit, start, fields) => {
    const result = await command('queue 1 --json', server([[pending]]), { failingWrite })
    expect(result.exit).toBe(exit)
    const message = `${start} not be written: ENOSPC: no space left on device`
    expect(JSON.parse(result.err).error).toEqual({ code: 'output', message, ...fields })
  })

  it('while waiting for a job that was queued', async () => {
    const { exit, err } = await command('queue 1 --wait --every 1ms', server([[pending], [running]]), {
      failingWrite: 3,
    })
    expect([exit, err]).toEqual([3, expect.stringContaining('Queued before: job 1. The installs keep running.')])
  })
})
