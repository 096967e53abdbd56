import { InvalidArgumentError } from 'commander'
import { describe, expect, it } from 'vitest'
import { duration, durationOrZero, ids, states } from '../src/arguments.ts'
import { api, command, waiting } from './support.ts'

describe('a duration', () => {
  it.each([
    ['500ms', 500],
    ['90s', 90_000],
    ['10m', 600_000],
    ['1h30m', 5_400_000],
    ['1h2m3s4ms', 3_723_004],
    ['576h', 2_073_600_000],
  ])('%s is %d milliseconds', (text, expected) => {
    expect(duration(text)).toBe(expected)
    expect(durationOrZero(text)).toBe(expected)
  })

  it.each(['', '5', '0', '0s', '577h', '30m1h', '1.5h', '-1s', 's', '1d'])('is not %j', (text) => {
    expect(() => duration(text)).toThrow(InvalidArgumentError)
  })

  it.each(['0', '0s'])('can be %s if that turns something off', (text) => {
    expect(durationOrZero(text)).toBe(0)
  })
})

describe('IDs', () => {
  it('are separated by commas, or are separate arguments', () => {
    expect(ids('3', ids('1,2'))).toEqual([1, 2, 3])
  })

  it('are accepted as messages name them, with a comma and a space', () => {
    expect(ids('2', ids('1,'))).toEqual([1, 2])
  })

  it.each(['', ',', '1,,', ',1', '1,x', '1 2', '0', '9007199254740993'])('are not %j', (text) => {
    expect(() => ids(text)).toThrow(InvalidArgumentError)
  })
})

describe('an option with a few values', () => {
  it.each([
    ['list --output', 'table', 'json'],
    ['watch --gone-is', 'done', 'unknown'],
    ['queue 1 --mirroring', 'true', 'false'],
  ])('shows them in the help on one line, and rejects others: %s', async (line, first, second) => {
    const option = line.replace(/.* /, '')
    const { out } = await command(`${line.split(' ')[0]} --help`, api([]).client)
    expect(out).toMatch(new RegExp(`^  ${option} <${first}\\|${second}> +[a-z ,]+$`, 'm'))
    for (const value of ['', 'yaml', first.toUpperCase()]) {
      const { exit, err } = await command(`${line} ${value}`, api([]).client)
      expect([exit, err]).toEqual([2, expect.stringContaining(`is invalid. Use ${first} or ${second}.`)])
    }
  })
})

describe('states', () => {
  it('are in any case, separated by commas, or separate options', () => {
    expect(states('FAILED', states('pending,Running'))).toEqual(['Pending', 'Running', 'Failed'])
  })

  it('are named in the error about an unknown one', async () => {
    const { exit, err } = await command('list --state done', api([]).client)
    expect(exit).toBe(2)
    expect(err).toContain('Use one of Created, Pending, Queued, Running, Completed, Failed, Squashed.')
  })

  it('select the installs of each', async () => {
    const installs = [1, 2, 3, 4].map((jobstateid) => ({ ...waiting, jobid: jobstateid, jobstateid }))
    const { lines } = await command('list --state running --state created,Queued', api(installs).client)
    expect(lines().map(({ jobid }) => jobid)).toEqual([1, 3, 4])
  })
})

describe('watch --version-id', () => {
  const other = { ...waiting, jobid: 2, target_imageversionid: 78, jobstateid: 6 }

  it('watches the listed installs of the version', async () => {
    const { exit, lines } = await command('watch --version-id 77', api([{ ...waiting, jobstateid: 5 }, other]).client)
    expect([exit, lines().map(({ jobid }) => jobid)]).toEqual([0, [1, 1]])
  })

  it('ends with 3 if no install of the version is listed', async () => {
    const { exit, err } = await command('watch --version-id 77', api([other]).client)
    expect([exit, err]).toEqual([3, 'No install of version 77 is listed: there is nothing to watch.\n'])
  })
})
